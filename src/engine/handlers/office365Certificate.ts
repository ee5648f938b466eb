import type { Handler } from '../../rpc/protocol.ts'
import { makeApplicationCertificate } from '../../servers/office365/registration/makeCertificate.ts'
import type { EngineContext } from '../context.ts'

const days = 365

/** Makes the key and certificate by which an application will sign in. Nothing of it is kept here. */
export const office365Certificate: Handler<'office365.certificate', EngineContext> = ({ now }) =>
  makeApplicationCertificate('Mailferry', { days }, now())
