import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { makeApplicationCertificate } from '../../servers/office365/registration/makeCertificate.ts'
import { savePrivately } from '../savePrivately.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

const mostDays = 730

export const office365Certificate = verb({
  words: 'office365 certificate',
  positionals: ['FILE'],
  summary: 'Make a key and certificate by which an application signs in to Office 365.',
  details: `FILE gets both, readable by you alone: it is the connection's secret ("credential": "certificate"). Beside it, FILE.cer gets the certificate
alone, which the tenant is given. An existing file is never written over.`,
  options: {
    days: { type: 'string', value: 'N', help: `How long it is good; 365 unless said, ${mostDays} at most.` },
    name: { type: 'string', value: 'NAME', help: 'The name in the certificate; Mailferry unless said.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const days = Number(values.days ?? 365)
    if (!Number.isInteger(days) || days < 1 || days > mostDays) {
      throw new MailferryError('usage', { detail: `--days needs a whole number from 1 to ${mostDays}` })
    }
    const made = await makeApplicationCertificate(values.name ?? 'Mailferry', { days })
    const file = await savePrivately(app, name, made.pem)
    const certificateFile = await saveText(app, `${name}.cer`, made.certificate)
    app.out.say({ event: 'certificate', file, certificate: certificateFile, validTo: made.validTo }, [
      `Private key and certificate: ${file} (readable by you alone; good until ${made.validTo.slice(0, 10)}).`,
      `For the tenant: ${certificateFile}`,
      `Next: mailferry office365 register-script --role source --certificate "${certificateFile}"`,
    ])
    return exitCodes.ok
  },
})
