import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeApplicationCertificate } from '../../src/servers/office365/registration/makeCertificate.ts'
import { cli, cliFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

describe('preparing an Office 365 tenant from the command line: a certificate', function () {
  this.timeout(60_000)
  before(() => void cliFile())

  it('is written for its owner alone, and never over another file', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'mailferry.pem')
    const first = await cli(['office365', 'certificate', file])
    assert.equal(first.code, 0, first.stderr)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const before = readFileSync(file, 'utf8')
    assert.match(before, /BEGIN PRIVATE KEY/)
    assert.ok(!readFileSync(`${file}.cer`, 'utf8').includes('PRIVATE KEY'))
    assert.equal((await cli(['office365', 'certificate', file])).code, 13)
    assert.equal(readFileSync(file, 'utf8'), before)
  })
})

describe('preparing an Office 365 tenant from the command line: a script', function () {
  this.timeout(60_000)

  it('is written by a command, with the steps for the portal', async () => {
    using dir = tempDir()
    const { certificate } = await makeApplicationCertificate('Mailferry', { days: 365 })
    await writeFile(join(dir.path, 'cert.cer'), certificate)
    await writeFile(join(dir.path, 'pairs.csv'), 'source,target\nanna@old.test,anna@new.test\nben@old.test,ben@new.test\n')
    const paths = [
      '--certificate',
      join(dir.path, 'cert.cer'),
      '--mailboxes',
      join(dir.path, 'pairs.csv'),
      '--out',
      join(dir.path, 'r.ps1'),
    ]
    const { stdout, code, stderr } = await cli(['office365', 'register-script', '--role', 'target', ...paths])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /Grant admin consent/)
    const script = readFileSync(join(dir.path, 'r.ps1'), 'utf8')
    assert.ok(script.includes("'anna@new.test'") && !script.includes('anna@old.test'))
    assert.equal((await cli(['office365', 'register-script', '--role', 'both', ...paths])).code, 2)
  })
})
