import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, type Outcome } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import type { Session } from '../session.ts'

/** MailTips' configuration, which is where EWS tells which domains are the organisation's own. */
export function getServiceConfiguration(request: XmlElement, { organisation }: Session): Outcome {
  const wanted = (child(request, 'RequestedConfiguration')?.children ?? []).map(({ text }) => text)
  if (wanted.some(name => name !== 'MailTips')) throw new EwsError('ErrorInvalidRequest', 'Only MailTips are configured here.')
  const domains = [...organisation.acceptedDomains].map(name => element('t:Domain', [], { Name: name, IncludeSubdomains: 'false' }))
  const configuration = element('m:MailTipsConfiguration', [
    element('t:MailTipsEnabled', 'true'),
    element('t:MaxRecipientsPerGetMailTipsRequest', '50'),
    element('t:MaxMessageSize', String(organisation.limits.maxMessageSize)),
    element('t:LargeAudienceThreshold', '25'),
    element('t:ShowExternalRecipientCount', 'false'),
    element('t:InternalDomains', domains),
    element('t:PolicyTipsEnabled', 'false'),
    element('t:LargeAudienceCap', '1000'),
  ])
  const message = element('m:ServiceConfigurationResponseMessageType', [element('m:ResponseCode', 'NoError'), configuration], {
    ResponseClass: 'Success',
  })
  return done(element('m:ResponseMessages', [message]))
}
