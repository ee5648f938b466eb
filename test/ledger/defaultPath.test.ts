import assert from 'node:assert/strict'
import { defaultLedgerPath } from '../../src/ledger/defaultPath.ts'

describe('where the ledger lies', () => {
  it('is the XDG data folder on Linux', () => {
    assert.equal(defaultLedgerPath({ HOME: '/home/ann' }, 'linux'), '/home/ann/.local/share/mailferry/ledger.db')
    assert.equal(defaultLedgerPath({ HOME: '/home/ann', XDG_DATA_HOME: '/data' }, 'linux'), '/data/mailferry/ledger.db')
  })

  it('ignores a relative XDG_DATA_HOME, as the specification says', () => {
    assert.equal(defaultLedgerPath({ HOME: '/home/ann', XDG_DATA_HOME: 'data' }, 'linux'), '/home/ann/.local/share/mailferry/ledger.db')
  })

  it('is Application Support on macOS', () => {
    assert.equal(defaultLedgerPath({ HOME: '/Users/ann' }, 'darwin'), '/Users/ann/Library/Application Support/Mailferry/ledger.db')
  })

  it('is the local AppData on Windows, never the roaming one', () => {
    const env = { USERPROFILE: 'C:\\Users\\ann', APPDATA: '\\\\server\\profiles\\ann' }
    assert.equal(defaultLedgerPath(env, 'win32'), 'C:\\Users\\ann\\AppData\\Local\\Mailferry\\ledger.db')
    assert.equal(defaultLedgerPath({ ...env, LOCALAPPDATA: 'D:\\Local' }, 'win32'), 'D:\\Local\\Mailferry\\ledger.db')
  })
})
