//! `pkg/core.wasm` as every host meets it: five functions, one memory, nothing imported.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests read files and fail loudly"
)]

mod support;

use orderbridge::contract::limits::{MAX_ANSWER_BYTES, MAX_REQUEST_BYTES};
use proptest::prelude::*;
use std::sync::OnceLock;
use support::{here, vectors};
use wasmi::{Engine, ExternType, Instance, Linker, Memory, Module, Store, ValType};

/// Read and translated once for all tests.
fn module() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        let bytes = std::fs::read(here("pkg/core.wasm")).unwrap();
        Module::new(&Engine::default(), bytes).unwrap()
    })
}

struct Core {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Core {
    fn new() -> Self {
        let module = module();
        let mut store = Store::new(module.engine(), ());
        let instance = Linker::new(module.engine())
            .instantiate_and_start(&mut store, module)
            .unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        Self {
            store,
            instance,
            memory,
        }
    }

    fn number(&mut self, name: &str) -> i32 {
        let function = self
            .instance
            .get_typed_func::<(), i32>(&self.store, name)
            .unwrap();
        function.call(&mut self.store, ()).unwrap()
    }

    fn alloc(&mut self, len: i32) -> i32 {
        let function = self
            .instance
            .get_typed_func::<i32, i32>(&self.store, "core_alloc")
            .unwrap();
        function.call(&mut self.store, len).unwrap()
    }

    fn call(&mut self, at: i32, len: i32) -> i32 {
        let function = self
            .instance
            .get_typed_func::<(i32, i32), i32>(&self.store, "core_call")
            .unwrap();
        function.call(&mut self.store, (at, len)).unwrap()
    }

    /// The answer, or nothing when the core gives no room for the request.
    fn ask(&mut self, request: &[u8]) -> Option<Vec<u8>> {
        let len = i32::try_from(request.len()).unwrap();
        let at = self.alloc(len);
        if at == 0 {
            return None;
        }
        self.memory
            .write(&mut self.store, usize::try_from(at).unwrap(), request)
            .unwrap();
        assert_eq!(self.call(at, len), 0, "core_call");
        let from = usize::try_from(self.number("core_out_ptr")).unwrap();
        let size = usize::try_from(self.number("core_out_len")).unwrap();
        assert!(size <= MAX_ANSWER_BYTES, "an answer of {size} bytes");
        Some(self.memory.data(&self.store)[from..from + size].to_vec())
    }
}

#[test]
fn it_imports_nothing() {
    assert_eq!(module().imports().len(), 0);
}

#[test]
fn it_exports_the_border_and_nothing_else() {
    let mut found: Vec<(String, String)> = module()
        .exports()
        .map(|export| {
            let shape = match export.ty() {
                ExternType::Func(function) => {
                    let all_i32 = function
                        .params()
                        .iter()
                        .chain(function.results())
                        .all(|ty| *ty == ValType::I32);
                    assert!(all_i32, "{} is not i32 only", export.name());
                    format!(
                        "{} -> {}",
                        function.params().len(),
                        function.results().len()
                    )
                }
                ExternType::Memory(_) => "memory".into(),
                other => format!("{other:?}"),
            };
            (export.name().to_owned(), shape)
        })
        .collect();
    found.sort();
    let expected = [
        ("core_abi_version", "0 -> 1"),
        ("core_alloc", "1 -> 1"),
        ("core_call", "2 -> 1"),
        ("core_out_len", "0 -> 1"),
        ("core_out_ptr", "0 -> 1"),
        ("memory", "memory"),
    ];
    let expected: Vec<_> = expected
        .map(|(name, shape)| (name.to_owned(), shape.to_owned()))
        .into();
    assert_eq!(found, expected);
}

#[test]
fn it_is_version_1() {
    assert_eq!(Core::new().number("core_abi_version"), 1);
}

#[test]
fn it_gives_room_up_to_the_limit() {
    let mut core = Core::new();
    let most = i32::try_from(MAX_REQUEST_BYTES).unwrap();
    assert_ne!(core.alloc(0), 0);
    assert_ne!(core.alloc(most), 0);
    for refused in [most + 1, i32::MAX, -1, i32::MIN] {
        assert_eq!(core.alloc(refused), 0, "{refused}");
    }
}

#[test]
fn it_takes_only_what_it_gave_room_for() {
    let mut core = Core::new();
    assert_ne!(core.call(0, 0), 0, "nothing allocated");
    let at = core.alloc(2);
    assert_ne!(core.call(at, 4), 0, "longer than allocated");
    let at = core.alloc(2);
    assert_ne!(core.call(at + 1, 1), 0, "another address");
    assert_ne!(core.call(at, 2), 0, "allocated before, but used up");
}

#[test]
fn it_answers_the_vectors() {
    let mut core = Core::new();
    for vector in vectors() {
        let answer = core.ask(&vector.request);
        if vector.request.len() > MAX_REQUEST_BYTES {
            assert!(
                answer.is_none(),
                "{} is too long for this door",
                vector.name
            );
        } else {
            assert_eq!(answer, vector.answer, "{}", vector.name);
        }
    }
}

#[test]
fn one_instance_answers_like_a_new_one() {
    let mut old = Core::new();
    let all = vectors();
    // Backwards and again: what came before leaves no trace.
    for vector in all.iter().rev().chain(&all) {
        assert_eq!(
            old.ask(&vector.request),
            Core::new().ask(&vector.request),
            "{}",
            vector.name
        );
    }
}

#[test]
fn its_stack_holds_the_deepest_request() {
    let mut core = Core::new();
    for open in ["[", "{\"a\":"] {
        let deep = format!(
            "{{\"v\":1,\"op\":\"core.describe\",\"data\":{}",
            open.repeat(31)
        );
        assert!(core.ask(deep.as_bytes()).is_some());
        assert!(core
            .ask(open.repeat(MAX_REQUEST_BYTES / open.len()).as_bytes())
            .is_some());
    }
}

/// A vector's request with something done to it.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let requests: Vec<Vec<u8>> = vectors()
        .into_iter()
        .map(|vector| vector.request)
        .filter(|request| request.len() < 20_000)
        .collect();
    let change = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0_u8..5,
        any::<u8>(),
    );
    (
        prop::sample::select(requests),
        prop::collection::vec(change, 0..4),
    )
        .prop_map(|(mut request, changes)| {
            for (from, to, kind, byte) in changes {
                if request.is_empty() {
                    break;
                }
                let (from, to) = (from.index(request.len()), to.index(request.len()));
                match kind {
                    0 => request[from] = byte,
                    1 => request[from] = b"{}[]\",:\\-+e.019tfn "[usize::from(byte) % 19],
                    2 => drop(request.drain(from.min(to)..from.max(to).min(from.min(to) + 40))),
                    3 => request.truncate(from),
                    _ => {
                        let piece =
                            request[from.min(to)..from.max(to).min(from.min(to) + 40)].to_vec();
                        request.splice(to..to, piece);
                    }
                }
            }
            request
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Junk is refused like anything else: with an answer, the same as natively.
    #[test]
    fn junk_never_traps(request in broken()) {
        let answer = Core::new().ask(&request).unwrap();
        prop_assert_eq!(answer, orderbridge::abi::answer(&request));
    }
}

/// A host may hand the settings over once and name them from then on: the answers are the same, and the
/// memory does not grow.
#[test]
fn settings_may_be_handed_over_once() {
    let vectors = vectors();
    let request = &vectors
        .iter()
        .find(|vector| vector.name == "sync.start/push-new")
        .unwrap()
        .request;
    let whole: serde_json::Value = serde_json::from_slice(request).unwrap();
    let with = |id: &str, settings: bool| {
        let mut request = whole.clone();
        request["settings_id"] = id.into();
        if !settings {
            request.as_object_mut().unwrap().remove("settings");
        }
        request.to_string().into_bytes()
    };
    let mut core = Core::new();
    let plain = core.ask(request).unwrap();
    let missing = core.ask(&with("a", false)).unwrap();
    assert!(String::from_utf8_lossy(&missing).contains("settings_missing"));
    assert_eq!(core.ask(&with("a", true)).unwrap(), plain);
    // Others are answered, and not kept: they want room of their own, and the same again.
    assert_eq!(core.ask(&with("b", true)).unwrap(), plain);
    let pages = core.memory.size(&core.store);
    for _ in 0..40 {
        assert_eq!(core.ask(&with("a", false)).unwrap(), plain);
        assert_eq!(core.ask(&with("b", true)).unwrap(), plain);
    }
    let other = core.ask(&with("b", false)).unwrap();
    assert!(String::from_utf8_lossy(&other).contains("settings_missing"));
    assert_eq!(core.memory.size(&core.store), pages);
    for vector in vectors {
        if let Some(answer) = vector.answer {
            assert_eq!(
                core.ask(&vector.request).unwrap(),
                answer,
                "{}",
                vector.name
            );
        }
    }
}
