import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { makeCertificate, type TestCertificate } from './certificate.ts'
import { type DovecotOptions, dovecotConfig, oauth2Config, type Place, passwordFile } from './dovecotConfig.ts'
import { freePort } from './freePort.ts'
import { tempDir } from './tempDir.ts'

const execute = promisify(execFile)

export interface Dovecot extends AsyncDisposable {
  readonly host: string
  /** Plain connections, with STARTTLS where there is a certificate. */
  readonly port: number
  /** Implicit TLS; answers only where there is a certificate. */
  readonly tlsPort: number
  readonly dir: string
  readonly users: readonly string[]
  readonly certificate: TestCertificate | undefined
  /** Of Dovecot's master process; undefined while stopped. */
  readonly pid: number | undefined
  readonly mailUser: { readonly uid: number; readonly gid: number }
  /** Where a user's mail lies: the Maildir, or the root of the dbox. */
  mailDir(user: string): string
  passwordOf(user: string): string
  /** Adds a user, or gives one a new password. Takes up to a second. */
  setPassword(user: string, password: string): Promise<void>
  removeUser(user: string): Promise<void>
  /** An access token for XOAUTH2 and OAUTHBEARER. */
  token(user: string, expiresInSeconds?: number): string
  /** Runs `doveadm` on this server; answers what it prints. */
  doveadm(...args: string[]): Promise<string>
  /** Everything Dovecot logged so far. */
  log(): string
  /** Ends Dovecot and keeps the mail. */
  stop(): Promise<void>
  /** Starts it again on the same ports, after stopping it if need be; `extraConfig` replaces the earlier one. */
  restart(extraConfig?: string): Promise<void>
}

/** Starts a Dovecot 2.3 of its own on loopback, as the current user or as root. Disposing of it ends it and removes its mail. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const temp = tempDir(options.parentDir)
  try {
    return await start(temp, options)
  } catch (error) {
    temp[Symbol.dispose]()
    throw error
  }
}

async function start(temp: ReturnType<typeof tempDir>, options: DovecotOptions): Promise<Dovecot> {
  const dir = temp.path
  const host = options.host ?? '127.0.0.1'
  const certificate =
    (options.tls ?? 'none') === 'none'
      ? undefined
      : await makeCertificate(dir, options.certificateNames ?? ['127.0.0.1', 'localhost'], options.certificateExpired)
  const place: Place = {
    dir,
    host,
    port: await freePort(host),
    tlsPort: await freePort(host),
    ...identity(),
    ...(certificate && { certificate }),
  }
  const users: Record<string, string> = { ...options.users }
  const configFile = join(dir, 'dovecot.conf')
  layOut(options, place, users)

  let extraConfig = options.extraConfig
  let child: ChildProcess | undefined
  const launch = async () => {
    writeFileSync(configFile, dovecotConfig({ ...options, ...(extraConfig !== undefined && { extraConfig }) }, place))
    child = await run(configFile, place)
  }
  const stop = async () => {
    const ending = child
    child = undefined
    if (ending) await end(ending)
  }
  const endAtExit = () => child && signal(child, 'SIGKILL')
  // Before the directory is removed.
  process.prependOnceListener('exit', endAtExit)
  await launch()

  let passwordChanges = 0
  const savePasswords = async () => {
    const file = join(dir, 'passwd')
    writeFileSync(file, passwordFile(users))
    // Dovecot looks once a second whether the file has another time, in whole seconds.
    const stamp = Date.now() / 1000 + ++passwordChanges
    utimesSync(file, stamp, stamp)
    await delay(1010 - (Date.now() % 1000))
  }

  return {
    ...place,
    get pid() {
      return child?.pid
    },
    certificate,
    get users() {
      return Object.keys(users)
    },
    mailDir: user => join(dir, 'users', user, 'mail'),
    passwordOf(user) {
      const password = users[user] ?? options.anyUser
      if (password === undefined) throw new Error(`this server has no user ${user}`)
      return password
    },
    setPassword(user, password) {
      users[user] = password
      return savePasswords()
    },
    removeUser(user) {
      delete users[user]
      return savePasswords()
    },
    token: (user, expiresInSeconds = 3600) => webToken(user, expiresInSeconds),
    doveadm: async (...args) => (await execute('doveadm', ['-c', configFile, ...args], { maxBuffer: 1e9 })).stdout,
    log: () => readFileSync(join(dir, 'log'), 'utf8'),
    stop,
    async restart(newConfig) {
      await stop()
      extraConfig = newConfig ?? extraConfig
      await launch()
    },
    async [Symbol.asyncDispose]() {
      await stop()
      process.off('exit', endAtExit)
      temp[Symbol.dispose]()
    },
  }
}

/** Root's servers keep mail as the system's `mail` user; everybody else's run wholly as themselves. */
function identity(): Pick<Place, 'mailUser' | 'processUser'> {
  const me = userInfo()
  if (me.uid === 0) return { mailUser: { uid: 8, gid: 8 }, processUser: undefined }
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  return { mailUser: { uid: me.uid, gid: me.gid }, processUser: { name: me.username, group } }
}

const tokenKey = 'a key for tests only'

function layOut({ masterUser, tokens }: DovecotOptions, { dir, mailUser }: Place, users: Record<string, string>): void {
  for (const name of ['run', 'state', 'users']) mkdirSync(join(dir, name))
  if (process.getuid?.() === 0) chownSync(join(dir, 'users'), mailUser.uid, mailUser.gid)
  writeFileSync(join(dir, 'passwd'), passwordFile(users))
  if (masterUser) writeFileSync(join(dir, 'masters'), passwordFile({ [masterUser.user]: masterUser.password }))
  if (!tokens) return
  writeFileSync(join(dir, 'oauth2'), oauth2Config(dir))
  const keys = join(dir, 'keys', 'default', 'HS256')
  mkdirSync(keys, { recursive: true })
  writeFileSync(join(keys, 'default'), Buffer.from(tokenKey).toString('base64'))
}

/** A signed token (RFC 7519) as `oauth2Config` has Dovecot check it. */
function webToken(user: string, expiresInSeconds: number): string {
  const now = Math.floor(Date.now() / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user, iat: now - 60, nbf: now - 60, exp: now + expiresInSeconds })}`
  return `${body}.${createHmac('sha256', tokenKey).update(body).digest('base64url')}`
}

/** Resolves when the server greets. The kernel ends it when this process dies, however it dies. */
async function run(configFile: string, place: Place): Promise<ChildProcess> {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'dovecot', '-F', '-c', configFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let complaints = ''
  child.stderr.on('data', data => {
    complaints += data
  })
  const failed = once(child, 'exit').then(() => {
    throw new Error(`Dovecot ended: ${complaints}${readLog(place.dir)}`)
  })
  failed.catch(() => {})
  await Promise.race([greeting(place), failed])
  return child
}

const readLog = (dir: string): string => {
  try {
    return readFileSync(join(dir, 'log'), 'utf8')
  } catch {
    return ''
  }
}

async function greeting({ host, port, dir }: Place): Promise<void> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    const socket = connect(port, host)
    try {
      await once(socket, 'data', { signal: AbortSignal.timeout(1000) })
      return
    } catch {
      await delay(10)
    } finally {
      socket.destroy()
    }
  }
  throw new Error(`Dovecot doesn't greet: ${readLog(dir)}`)
}

/** Signals the whole group: the master alone takes a second to send its processes away. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const gone = once(child, 'exit')
  signal(child, 'SIGTERM')
  const tooSlow = setTimeout(() => signal(child, 'SIGKILL'), 5000)
  await gone
  clearTimeout(tooSlow)
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const signal = (child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (child.pid !== undefined && !hasEnded(child)) process.kill(-child.pid, name)
}
