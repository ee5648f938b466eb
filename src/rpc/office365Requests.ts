import { z } from 'zod'
import { office365Place } from './planConnection.ts'
import { name, request } from './request.ts'
import type { MadeCertificate, ReadCertificate, RegisterResult, RegisterScriptResult, RenewResult, SignInResult } from './results.ts'

const role = z.enum(['source', 'target'])
const { cloud } = office365Place
/** PEM, without the private key. */
const certificate = z.string().includes('-----BEGIN CERTIFICATE-----')
const tenant = z.string().min(1).optional()
/** A public client; Microsoft Graph Command Line Tools unless said. */
const clientId = z.string().min(1).optional()

/** What prepares a tenant for Mailferry. Secrets in parameters and answers go between the person's storage and the engine, and are kept nowhere else. */
export const office365Requests = {
  /** A key and certificate for an application to sign in with. The answer has the private key: it is the connection's secret. */
  'office365.certificate': request<MadeCertificate>()({}),
  /** The certificate of a PEM file that has the private key too. `connection`: its name, for errors. */
  'office365.readCertificate': request<ReadCertificate>()({ connection: z.string(), text: z.string() }),
  /** How another registers the application: a script, and the same by hand. `mailboxes`: the only ones it may open. */
  'office365.registerScript': request<RegisterScriptResult>()({
    role,
    cloud,
    certificate,
    mailboxes: z.array(z.string().min(1)).min(1).optional(),
  }),
  /**
   * Has a connection's application give itself another certificate, which is kept where the former one is. `objectId`: of the application object, where the tenant doesn't tell
   * it. `give`: whoever asks keeps it himself, unless it lies in a file.
   */
  'office365.renew': request<RenewResult>()({ name, objectId: z.string().min(1).optional(), give: z.boolean().optional() }),
  /** How somebody gives an application that is there another certificate: a script. */
  'office365.renewScript': request<{ readonly script: string }>()({ cloud, clientId: z.string().min(1), certificate }),
  /** Registers the application as an administrator: by a token that he was given elsewhere, or after he entered a code, which is told by an event. */
  'office365.register': request<RegisterResult>()({
    role,
    ...office365Place,
    certificate,
    fullFidelity: z.boolean(),
    signIn: z.union([z.strictObject({ token: z.string().min(1), user: z.string() }), z.strictObject({ clientId, tenant })]),
  }),
  /** Signs an administrator in who enters a code, told by an event. The refresh token is the connection's secret. */
  'office365.signIn': request<SignInResult>()({ role, ...office365Place, clientId, tenant }),
} as const
