import { standsAs } from '../../folderStand.ts'

export const { write: writeCheckpoint, read: readCheckpoint } = standsAs('syncState')
