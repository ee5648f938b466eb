import { execFileSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'

/** File systems whose locks or shared memory reach other machines, where SQLite's WAL is not safe (https://sqlite.org/wal.html, section 1). */
const networkTypes =
  /^(nfs\d?|cifs|smb\d?|smbfs|smb3|9p|afs|afpfs|ceph|glusterfs|lustre|beegfs|ncpfs|coda|davfs2?|webdav|fuse\.(sshfs|s3fs|rclone|gvfsd-fuse|glusterfs|ceph-fuse|davfs2?|curlftpfs|smbnetfs))$/i

export const isNetworkType = (type: string): boolean => networkTypes.test(type)

/** The type of the network file system a file or folder lies on, or nothing where it is this machine's own. */
export function networkFileSystem(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'win32') return realpathSync.native(path).startsWith('\\\\') ? 'SMB' : undefined
  const real = realpathSync(path)
  const mounts =
    platform === 'linux'
      ? linuxMounts(readFileSync('/proc/self/mountinfo', 'utf8'))
      : bsdMounts(execFileSync('/sbin/mount', { encoding: 'utf8' }))
  const type = typeOf(real, mounts)
  return type !== undefined && isNetworkType(type) ? type : undefined
}

interface Mount {
  readonly at: string
  readonly type: string
}

/** Fields of `proc_pid_mountinfo(5)`: the fifth is the mount point with octal escapes, the first after ` - ` the type. */
export function linuxMounts(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap(line => {
    const [left = '', right = ''] = line.split(' - ')
    const at = left.split(' ')[4]
    const type = right.split(' ')[0]
    if (at === undefined || type === undefined || type === '') return []
    return [{ at: at.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))), type }]
  })
}

/** Lines of `mount(8)` on macOS and the BSDs: `//user@host/share on /Volumes/share (smbfs, nodev)`. */
export function bsdMounts(output: string): Mount[] {
  return [...output.matchAll(/^.+? on (.+) \(([^,)]+)/gm)].map(([, at = '', type = '']) => ({ at, type }))
}

/** The innermost mount that holds the path; of several at one place the last covers the others. */
export function typeOf(path: string, mounts: readonly Mount[]): string | undefined {
  const holds = (at: string) => at === '/' || path === at || path.startsWith(`${at}/`)
  return mounts
    .filter(mount => holds(mount.at))
    .reduce<Mount | undefined>((best, mount) => (best !== undefined && best.at.length > mount.at.length ? best : mount), undefined)?.type
}
