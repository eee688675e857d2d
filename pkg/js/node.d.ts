export { call, callJson } from './orderbridge.js';
export * from './types.js';
export default function init(): Promise<void>;
