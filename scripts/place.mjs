import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The environment in which `node` is the project's own, whatever else is installed. Debian keeps servers in /usr/sbin, which isn't on everybody's path. */
export const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH'], '/usr/sbin', '/sbin'].join(delimiter),
}
