import { literal } from '../../../domain/powershell/literal.ts'
import { base64Of } from './certificateText.ts'

/** Lines that make `$certificate` and `$key` of a certificate (PEM). */
export const certificateLines = (certificate: string): string[] => [
  `$certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String(${literal(base64Of(certificate))}))`,
  "$key = @{ Type = 'AsymmetricX509Cert'; Usage = 'Verify'; Key = $certificate.RawData; DisplayName = 'Mailferry' }",
]

/** Lines that add `$key` to the certificates of `$app`, which all go back with it: whatever is left out is removed. Graph shows a thumbprint as text or as bytes. */
export const addKeyLines: readonly string[] = [
  '$known = $app.KeyCredentials | Where-Object { $_.CustomKeyIdentifier } |',
  '  ForEach-Object { [Convert]::ToBase64String($_.CustomKeyIdentifier); [Convert]::ToHexString($_.CustomKeyIdentifier) }',
  'if ($certificate.Thumbprint -notin $known) {',
  '  Update-MgApplication -ApplicationId $app.Id -KeyCredentials (@($app.KeyCredentials | Where-Object { $_ }) + $key)',
  '}',
]
