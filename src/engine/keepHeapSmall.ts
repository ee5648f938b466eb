import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8 from taking memory it doesn't need, for the beginning of an engine's process. A migration makes much that is short-lived: V8 would
 * grow its young generation to some 100 MB for it, and collect the old one, which the messages' buffers hang on, only after it grew fourfold.
 * With the first two a copy of 50,000 messages peaks at 185 MB instead of 300. The others keep it from optimizing undici's HTTP parser, the only
 * WebAssembly here: that takes 22 MB which are never given back, and a parser of headers is quick enough without.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=100')
  setFlagsFromString('--no-wasm-dynamic-tiering')
  setFlagsFromString('--no-wasm-tier-up')
}
