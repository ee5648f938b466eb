import type { FolderPlacement } from '../../domain/job.ts'
import type { FolderRole } from '../../domain/mail.ts'
import type { Folder } from '../../servers/mailServer.ts'

/** What of the port's folders decides where they go. */
export type SourceFolder = Pick<Folder, 'id' | 'path' | 'role' | 'selectable' | 'count'>
export type TargetFolder = Pick<Folder, 'id' | 'path' | 'role' | 'selectable'>

/** `decided`: by an earlier run. `explicit`: by the plan's folder map. `renamed`: by path, but numbered, since the name was taken. */
export type MappedBy = 'decided' | 'explicit' | 'inbox' | 'role' | 'path' | 'renamed'

export interface FolderMapping<Source extends SourceFolder, Target extends TargetFolder> {
  readonly source: Source
  /** Where its items go. */
  readonly path: readonly string[]
  /** The folder there, if it exists and can hold items; otherwise it is to be made. */
  readonly target?: Target
  readonly by: MappedBy
  /** The role to make the folder with: the source folder's, where the target has no folder of that role and no other source folder a better claim to it. */
  readonly role?: FolderRole
  /** For `renamed`: the source folder that has the path this one would have had; absent where the target's archive has it. */
  readonly because?: Source
}

export interface FolderMap<Source extends SourceFolder, Target extends TargetFolder> {
  /** One for each selectable source folder, parents before children. */
  readonly mappings: readonly FolderMapping<Source, Target>[]
  /** Target folders that several source folders go to, because somebody asked for it by name. Each still needs a single writer. */
  readonly shared: readonly { readonly path: readonly string[]; readonly sources: readonly Source[] }[]
  /** Non-selectable folders with others below: they come into being as those folders' parents. */
  readonly containers: readonly Source[]
  /** Non-selectable folders without any below: nothing to migrate. */
  readonly leftOut: readonly Source[]
}

export interface MapOptions {
  /** See `PathRules`; of the target server. Default true. */
  readonly caseSensitive?: boolean
  /** The plan's folder map. An entry applies to the folder and all below it, unless a deeper one says otherwise. */
  readonly explicit?: readonly FolderPlacement[]
  /** Source folder's id → target path of the folders that an earlier run has made: a mapping doesn't change when folders, roles or the plan do. */
  readonly decided?: ReadonlyMap<string, readonly string[]>
}
