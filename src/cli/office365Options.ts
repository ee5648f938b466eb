import type { Office365Cloud, Role } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { clouds } from '../servers/office365/clouds.ts'

export function roleOf(text: string | undefined): Role {
  if (text === 'source' || text === 'target') return text
  throw new MailferryError('usage', { detail: '--role is source or target' })
}

export function cloudOf(text: string): Office365Cloud {
  const isCloud = (name: string): name is Office365Cloud => Object.hasOwn(clouds, name)
  if (isCloud(text)) return text
  throw new MailferryError('usage', { detail: `--cloud is one of ${Object.keys(clouds).join(', ')}` })
}
