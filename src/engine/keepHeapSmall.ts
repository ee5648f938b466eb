import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8's young generation at its first size. A migration makes much that is short-lived, for which V8 would grow that space to
 * some 100 MB; collecting it more often costs no time that could be measured. For the beginning of an engine's process.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1')
