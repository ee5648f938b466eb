import type { Office365Cloud } from '../../../domain/connection.ts'
import { literal } from '../../../domain/powershell/literal.ts'
import { clouds } from '../clouds.ts'
import { addKeyLines, certificateLines } from './addCertificate.ts'

export interface Renewal {
  readonly cloud: Office365Cloud
  /** Of the application that is there. */
  readonly clientId: string
  /** PEM, without the private key. */
  readonly certificate: string
}

/** A PowerShell script that gives an application another certificate beside those it has, so that nothing stops working meanwhile. */
export function renewScript({ cloud, clientId, certificate }: Renewal): string {
  return `${[
    "# Adds a certificate to Mailferry's application, by which it signs in: read it before you run it.",
    '#',
    '# Wants PowerShell 7 with the module Microsoft.Graph.Applications, and somebody who may change the application.',
    '# The certificates that it has stay: remove the old one in the Entra admin centre once the new one works.',
    "$ErrorActionPreference = 'Stop'",
    '',
    `$clientId = ${literal(clientId)}`,
    ...certificateLines(certificate),
    `Connect-MgGraph -Environment ${clouds[cloud].powerShell.graph} -Scopes 'Application.ReadWrite.All' -NoWelcome`,
    `$app = Get-MgApplication -Filter "appId eq '$clientId'"`,
    'if (-not $app) { throw "this tenant has no application $clientId" }',
    ...addKeyLines,
    `Write-Host "The application takes the certificate that is good until $($certificate.NotAfter.ToString('yyyy-MM-dd'))."`,
  ].join('\n')}\n`.replaceAll('\n', '\r\n')
}
