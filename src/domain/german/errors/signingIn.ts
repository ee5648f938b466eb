import type { Words } from '../../errorText/words.ts'
import { othersMail } from '../../errorText/words.ts'
import { literal } from '../../powershell/literal.ts'
import { quoted, said } from '../words.ts'

const tlsOffload =
  ' Ist das Kennwort richtig, stört ein Proxy, der TLS vor Exchange beendet, dessen erweiterten Schutz: Erreichen Sie Exchange am Proxy vorbei, geben Sie dem Proxy das Zertifikat von Exchange, oder schalten Sie ihn für EWS ab mit Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -ExtendedProtectionTokenChecking None.'

export const signingIn = {
  'signIn.refused': ({ host, user, response, channelBinding = false }) => ({
    message: `${host} hat die Anmeldung von ${quoted(user)} abgelehnt${said(response)}`,
    next: `Prüfen Sie den Benutzernamen und geben Sie das richtige Kennwort ein. Bis dahin wird es nicht noch einmal versucht, damit das Konto nicht gesperrt wird.${channelBinding ? tlsOffload : ''}`,
  }),
  'signIn.expired': ({ host, user, response }) => ({
    message: `Das Kennwort oder Token von ${quoted(user)} auf ${host} ist abgelaufen${said(response)}`,
    next: 'Lassen Sie das Kennwort erneuern (oder holen Sie ein neues Token), geben Sie es Mailferry und starten Sie dann wieder.',
  }),
  'signIn.locked': ({ host, user, response }) => ({
    message: `${host} hat das Konto ${quoted(user)} gesperrt oder abgeschaltet${said(response)}`,
    next: 'Lassen Sie das Konto auf dem Server entsperren, bevor Sie wieder starten; weitere Versuche hielten es gesperrt.',
  }),
  'signIn.methodMissing': ({ host, method, offered }) => ({
    message: `${host} bietet die Anmeldung mit ${method} nicht an; angeboten wird ${offered === '' ? 'keine bekannte' : offered}.`,
    next: 'Wählen Sie eine Anmeldung, die der Server anbietet, oder lassen Sie diese dort einschalten.',
  }),
  'signIn.stopped': ({ connection, user }) => ({
    message: `Das gespeicherte Geheimnis von ${quoted(user)} auf der Verbindung ${quoted(connection)} wurde schon abgelehnt und wird darum nicht noch einmal versucht.`,
    next: 'Geben Sie neue Anmeldedaten für die Verbindung ein (mailferry connection secret) und starten Sie dann wieder.',
  }),
  'signIn.clock': ({ host, user, response, aheadSeconds }) => ({
    message: `${host} hat die Anmeldung von ${quoted(user)} wegen ihrer Zeit abgelehnt${said(response)}${
      aheadSeconds === undefined
        ? ''
        : ` Die Uhr dieses Rechners geht der des Servers ${Math.abs(aheadSeconds)} Sekunden ${aheadSeconds > 0 ? 'vor' : 'nach'}.`
    }`,
    next: 'Stellen Sie die Uhr dieses Rechners (oder lassen Sie NTP sie stellen) und starten Sie dann wieder. Am Geheimnis oder Zertifikat liegt es nicht.',
  }),
  'signIn.interaction': ({ host, user, response }) => ({
    message: `${host} will, dass sich ${quoted(user)} persönlich wieder anmeldet${said(response)}`,
    next: 'Lassen Sie die Person sich wieder anmelden und geben Sie das neue Token ein; oder verbinden Sie sich als Anwendung, die kein zweiter Faktor und keine Geräteregel aufhält.',
  }),
  'tenant.notFound': ({ host, tenant, response }) => ({
    message: `${host} kennt keinen Mandanten ${quoted(tenant)}${said(response)}`,
    next: 'Prüfen Sie die Mandantenkennung (Entra Admin Center › Übersicht), und ob die Cloud der Verbindung die des Mandanten ist: global, usGov, usGovDoD oder china.',
  }),
  'application.unknown': ({ host, clientId, tenant, response }) => ({
    message: `${host} kennt keine Anwendung ${quoted(clientId)} im Mandanten ${quoted(tenant)}${said(response)}`,
    next: 'Prüfen Sie die Anwendungskennung und den Mandanten; oder registrieren Sie die Anwendung dort: mailferry office365 register-script.',
  }),
  'permission.graph': ({ host, user, reason, mailbox = '', needs, response }) => ({
    message:
      reason === 'policy'
        ? `${host} hält ${quoted(user)} durch eine Zugriffsrichtlinie des Mandanten von diesem Postfach fern${said(response)}`
        : reason === 'fullAccess'
          ? `${host} lässt ${quoted(user)} ein, aber nicht in das Postfach ${quoted(mailbox)}${said(response)}`
          : `${host} lässt ${quoted(user)} ein, aber die Berechtigung fehlt${needs.length === 0 ? '' : `: ${needs.join(' oder ')}`}${said(response)}`,
    next:
      reason === 'policy'
        ? 'Nehmen Sie das Postfach in den Bereich der Anwendung auf: Test-ServicePrincipalAuthorization zeigt ihn, New-ManagementRoleAssignment -CustomResourceScope setzt ihn (RBAC für Anwendungen). Es kann bis zu zwei Stunden dauern, bis es wirkt.'
        : reason === 'fullAccess'
          ? `Geben Sie diesem Konto Vollzugriff darauf, falls es keinen hat: Add-MailboxPermission -Identity ${literal(mailbox)} -User ${literal(user)} -AccessRights FullAccess -AutoMapping $false. Lassen Sie auch ${othersMail(needs)} zustimmen. Oder melden Sie sich als Anwendung an, die keinen eigenen Zugriff braucht.`
          : 'Lassen Sie einen Administrator sie erteilen und ihr zustimmen: mailferry office365 register-script sagt, wie. Eine zurückgenommene Zustimmung muss neu gegeben werden; starten Sie dann wieder.',
  }),
  'permission.actAs': ({ host, admin, mailbox, response, grant }) => ({
    message: `Auf ${host} darf das Administratorkonto ${quoted(admin)} das Postfach ${quoted(mailbox)} nicht öffnen${said(response)}`,
    next:
      grant === undefined
        ? 'Prüfen Sie, ob es das Postfach gibt und das Administratorkonto für andere handeln darf (IMAP: Master-Benutzer oder SASL-Bevollmächtigung; Exchange: die Rolle ApplicationImpersonation oder Vollzugriff auf das Postfach).'
        : `Erteilen Sie das Recht in der Exchange Management Shell, und achten Sie darauf, dass kein Bereich dieses Postfach auslässt: ${grant}`,
  }),
  'ews.closed': ({ host, connection, since, response }) => ({
    message: `${host} beantwortet keine Exchange-Webdienste für ${quoted(connection)}: Seit ${since} sperrt Exchange Online sie, wo niemand anderes verlangt hat, oder der Anwendung fehlt das Recht full_access_as_app${said(response)}`,
    next: 'Lassen Sie "ews" in der Verbindung weg, um über Microsoft Graph zu gehen. Bis zum 1. April 2027 kann ein Administrator sie erlauben: Set-OrganizationConfig -EwsEnabled $true, mit der Kennung der Anwendung in EWSAllowedAppIDs; das dauert bis zu einem Tag.',
  }),
  'permission.ews': ({ host, user, response }) => ({
    message: `${host} lässt ${quoted(user)} ein, aber nicht zu den Exchange-Webdiensten${said(response)}`,
    next: 'Erlauben Sie es in der Exchange Management Shell: Set-CASMailbox <user> -EwsEnabled $true; und sehen Sie nach, was Get-OrganizationConfig | Select-Object Ews* erlaubt (Mailferrys Kennung beginnt mit Mailferry/).',
  }),
  'secret.missing': ({ connection, mailbox }) => ({
    message:
      mailbox === undefined
        ? `Für die Verbindung ${quoted(connection)} gibt es kein Geheimnis.`
        : `In den Geheimnissen der Verbindung ${quoted(connection)} fehlt die Zeile des Postfachs ${quoted(mailbox)}.`,
    next:
      mailbox === undefined
        ? 'Geben Sie eines an: mit *Anmeldedaten eingeben*, durch "secret" in der Plandatei (file, fd oder vault) oder mit mailferry connection secret.'
        : 'Ergänzen Sie das Postfach in der CSV-Datei (mailbox,user,password) und geben Sie sie wieder an.',
  }),
  'secret.source': ({ reference, cause }) => ({
    message: `Das Geheimnis lässt sich nicht aus ${reference} lesen${said(cause)}`,
    next: 'Prüfen Sie, ob die Datei oder der Deskriptor da und lesbar ist und nur das Geheimnis enthält.',
  }),
  'secret.inEditor': ({ connection }) => ({
    message: `Das Geheimnis der Verbindung ${quoted(connection)} verwahrt VS Code, das es sonst niemandem gibt.`,
    next: 'Tun Sie es aus VS Code; oder geben Sie der Befehlszeile das Geheimnis auch: mailferry connection secret NAME.',
  }),
  'vault.unavailable': ({ cause }) => ({
    message: `Der Schlüsselbund des Systems ist nicht brauchbar${said(cause)}`,
    next: 'Geben Sie Geheimnisse auf andere Weise an: {"file": "…"} oder {"fd": 3} in der Plandatei.',
  }),
} satisfies Partial<Words>
