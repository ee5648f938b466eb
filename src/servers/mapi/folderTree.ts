import { isWithin } from '../../domain/folderPath.ts'
import type { Folder } from '../mailServer.ts'

/** The folders of a mailbox as they are now. */
export interface FolderTree {
  /** The id of the folder above all others: another one is another mailbox. */
  readonly root: string
  readonly folders: readonly Folder[]
  /** Paths of the folders that deleted items go to: the mailbox's, and its archive's. */
  readonly deleted: readonly (readonly string[])[]
}

/** Whether a folder is one that deleted items go to, or lies below one. */
export const holdsDeleted = ({ deleted }: FolderTree, { path }: Pick<Folder, 'path'>): boolean =>
  deleted.some(above => isWithin(above, path))

/** Milliseconds that clocks of an organisation's servers may differ: Kerberos refuses more than five minutes. */
export const clockSlack = 300_000

/** Classes of folders whose contents the server or a client makes by itself. */
export const systemClass =
  /^(IPF\.(Configuration|Files|SkypeTeams.*|Contact\.(RecipientCache|GalContacts|OrganizationalContacts|PeopleCentricConversationBuddies|MOC\..*)|Note\.(OutlookHomepage|SocialConnector.*))|Outlook\.Reminder)(\.|$)/i

/** Mail folders have no class in the port's terms. */
export const whatItHolds = (containerClass: string | undefined): Pick<Folder, 'containerClass'> =>
  containerClass === undefined || containerClass === '' || /^IPF\.Note$/i.test(containerClass) ? {} : { containerClass }
