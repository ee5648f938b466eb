/** What an editor's window talks to its engine with, to be loaded once there is an engine. */
export { editorEnd } from './editorEnd.ts'
export { unpackError } from './packedError.ts'
