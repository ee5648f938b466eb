import { type FolderView, folderProperty, showFolder } from '../fields/folderShape.ts'
import type { Path } from '../fields/path.ts'
import { child } from '../xml/tree.ts'
import type { Operand } from './restriction.ts'

/** A folder's property for comparing. */
export function readFolderOperand(view: FolderView, path: Path): Operand {
  if (path.kind === 'extended') return folderProperty(view, path)?.value
  return child(showFolder(view, { base: 'IdOnly', paths: [path] }, 'V2018_01_08'), path.kind === 'field' ? path.element : '')?.text
}
