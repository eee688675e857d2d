/** One statement after the other, no value from a block: what PHP can say. */
export const FLAT = [
  'flatten', 'dce', 'simplify-locals-notee-nostructure', 'vacuum', 'ssa-nomerge', 'dce',
  'simplify-locals-notee-nostructure', 'remove-unused-names', 'merge-blocks', 'vacuum',
  'reorder-locals', 'coalesce-locals', 'reorder-locals',
];
