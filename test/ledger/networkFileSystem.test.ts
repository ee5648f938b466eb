import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { bsdMounts, isNetworkType, linuxMounts, networkFileSystem, typeOf } from '../../src/ledger/networkFileSystem.ts'

const mountinfo = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
41 40 0:36 / /home/ann/My\\040Share rw - cifs //server/share rw
42 40 0:37 / /home/local rw master:3 propagate_from:2 - ext4 /dev/vdb rw
43 42 0:38 / /home/local rw - fuse.sshfs me@server: rw
`

const bsd = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only)
//ann@server/Share on /Volumes/My (old) Share (smbfs, nodev, nosuid, mounted by ann)
`

describe('a network file system', () => {
  const type = (path: string) => typeOf(path, linuxMounts(mountinfo))

  it('is told on Linux by the innermost mount', () => {
    assert.equal(type('/var/lib'), 'ext4')
    assert.equal(type('/home/bob'), 'nfs4')
    assert.equal(type('/homework'), 'ext4')
  })

  it('is found behind a mount point with a space in its name', () => {
    assert.equal(type('/home/ann/My Share/mailferry'), 'cifs')
  })

  it('is the last one where several are mounted over each other', () => {
    assert.equal(type('/home/local/share'), 'fuse.sshfs')
  })

  it('is told on macOS by what mount lists', () => {
    assert.equal(typeOf('/Users/ann', bsdMounts(bsd)), 'apfs')
    assert.equal(typeOf('/Volumes/My (old) Share/x', bsdMounts(bsd)), 'smbfs')
  })

  for (const name of ['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', '9p', 'fuse.sshfs', 'afpfs', 'ceph', 'fuse.rclone', 'webdav']) {
    it(`may be ${name}`, () => assert.equal(isNetworkType(name), true))
  }

  for (const name of ['ext4', 'tmpfs', 'apfs', 'overlay', 'btrfs', 'fuseblk', 'zfs', 'xfs']) {
    it(`is not ${name}`, () => assert.equal(isNetworkType(name), false))
  }

  it('is not where temporary files are', () => {
    assert.equal(networkFileSystem(tmpdir()), undefined)
  })
})
