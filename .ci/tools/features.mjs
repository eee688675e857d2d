// What the modules may use, named one by one: --all-features writes types that other tools cannot
// read.

import binaryen from 'binaryen';

const { MutableGlobals, SignExt, BulkMemory, BulkMemoryOpt, NontrappingFPToInt, ReferenceTypes, Multivalue, CallIndirectOverlong } = binaryen.Features;

/** core.wasm: every engine that we know has these. */
export const CORE = MutableGlobals | SignExt | BulkMemory | BulkMemoryOpt;
/** What rustc and wasm-bindgen may use: the browser's module, and core.wasm before it is lowered. */
export const RUSTC = CORE | NontrappingFPToInt | ReferenceTypes | Multivalue | CallIndirectOverlong;
