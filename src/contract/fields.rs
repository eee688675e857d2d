//! A struct as a table of its fields: what each is called, where it lies, and how it is read or written.
//!
//! Code for every field of every struct, both ways, was the largest part of the module: 27 KB. A table
//! is a third of that. Its places come from the compiler, and each way is tied to the type of its field
//! by the closure that names it, so the two cannot disagree.
#![expect(
    unsafe_code,
    reason = "a field is found by its place; see the two functions that do so"
)]

use crate::contract::json::Json;
use crate::contract::read::{At, Read};
use crate::contract::write::Write;
use crate::error::Problem;

/// Reads into the field at an address.
pub type Fill = unsafe fn(*mut u8, &mut Json, &At<'_>) -> Result<(), Problem>;
/// Writes the field at an address, or nothing when it is absent.
pub type Put = unsafe fn(*const u8, &mut Vec<u8>);

/// The fields of a struct, in its own order. Only the macros make one.
pub struct Table<W: 'static> {
    /// What they are called, one after the other, and how long each name is.
    pub words: &'static str,
    /// See `words`.
    pub lengths: &'static [u8],
    /// Where they lie, bytes from the struct's beginning.
    pub places: &'static [u16],
    /// How they are read, or written.
    pub ways: &'static [W],
}

/// Lengths of names, a byte each.
#[must_use]
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler runs it, and fails on what does not fit"
)]
pub const fn lengths<const N: usize>(names: [&str; N]) -> [u8; N] {
    let mut out = [0; N];
    let mut index = 0;
    while index < N {
        assert!(names[index].len() < 256, "a name is too long");
        out[index] = names[index].len() as u8;
        index += 1;
    }
    out
}

/// Places of fields, two bytes each.
#[must_use]
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler runs it, and fails on what does not fit"
)]
pub const fn places<const N: usize>(places: [usize; N]) -> [u16; N] {
    let mut out = [0; N];
    let mut index = 0;
    while index < N {
        assert!(places[index] < 65_536, "a struct is too large");
        out[index] = places[index] as u16;
        index += 1;
    }
    out
}

/// Names, in turn.
pub struct Names {
    words: &'static str,
    lengths: core::slice::Iter<'static, u8>,
}

impl Iterator for Names {
    type Item = &'static str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'static str> {
        let length = usize::from(*self.lengths.next()?);
        let (name, others) = self.words.split_at_checked(length)?;
        self.words = others;
        Some(name)
    }
}

/// How a field is read.
#[must_use]
pub const fn filling<S, T: Read>(_: fn(&S) -> &T) -> Fill {
    fill::<T>
}

/// How a field is written.
#[must_use]
pub const fn putting<S, T: Write>(_: fn(&S) -> &T) -> Put {
    put::<T>
}

/// SAFETY: `place` is that of a field of this type, and nothing else uses it meanwhile.
unsafe fn fill<T: Read>(place: *mut u8, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
    // SAFETY: the caller's.
    unsafe { &mut *place.cast::<T>() }.fill(value, at)
}

/// SAFETY: `place` is that of a field of this type, and nothing changes it meanwhile.
unsafe fn put<T: Write>(place: *const u8, out: &mut Vec<u8>) {
    // SAFETY: the caller's.
    let value = unsafe { &*place.cast::<T>() };
    if !value.absent() {
        value.write(out);
    }
}

impl<W: Copy> Table<W> {
    fn row(&self, index: usize) -> Option<(usize, W)> {
        Some((
            usize::from(*self.places.get(index)?),
            *self.ways.get(index)?,
        ))
    }

    fn names(&self) -> Names {
        Names {
            words: self.words,
            lengths: self.lengths.iter(),
        }
    }
}

/// A struct that is being read, field by field.
pub struct Reading {
    start: *mut u8,
    table: &'static Table<Fill>,
}

impl Reading {
    /// SAFETY: the table is that of `S`, which the macro sees to; the value must not be used until the
    /// reading is over.
    pub(crate) const fn of<S>(value: &mut S, table: &'static Table<Fill>) -> Self {
        Self {
            start: core::ptr::from_mut(value).cast(),
            table,
        }
    }

    /// What the fields are called.
    #[must_use]
    pub fn keys(&self) -> Names {
        self.table.names()
    }

    /// Reads into a field.
    ///
    /// # Errors
    /// What was expected, and where.
    pub fn fill(&mut self, index: usize, value: &mut Json, at: &At<'_>) -> Result<(), Problem> {
        let Some((place, way)) = self.table.row(index) else {
            return Ok(());
        };
        // SAFETY: the place lies within the struct, and the way is that of the field there.
        unsafe { way(self.start.add(place), value, at) }
    }
}

/// A struct that is being written, field by field.
pub struct Writing {
    start: *const u8,
    table: &'static Table<Put>,
}

impl Writing {
    /// SAFETY: the table is that of `S`, which the macro sees to.
    pub(crate) const fn of<S>(value: &S, table: &'static Table<Put>) -> Self {
        Self {
            start: core::ptr::from_ref(value).cast(),
            table,
        }
    }

    /// What the fields are called.
    #[must_use]
    pub fn keys(&self) -> Names {
        self.table.names()
    }

    /// Writes a field, or nothing.
    pub fn put(&self, index: usize, out: &mut Vec<u8>) {
        if let Some((place, way)) = self.table.row(index) {
            // SAFETY: the place lies within the struct, and the way is that of the field there.
            unsafe { way(self.start.add(place), out) }
        }
    }
}
