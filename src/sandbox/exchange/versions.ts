/** Versions a client may ask for (`RequestServerVersion`), oldest first: the schema's `ExchangeVersionType`. */
export const schemaVersions = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
  'V2015_10_05',
  'V2016_01_06',
  'V2016_04_13',
  'V2016_07_13',
  'V2016_10_10',
  'V2017_01_07',
  'V2017_04_14',
  'V2017_07_11',
  'V2017_10_09',
  'V2018_01_08',
] as const

export type SchemaVersion = (typeof schemaVersions)[number]

/** What a server is: its build, and the newest schema version it answers. */
export interface ServerVersion {
  readonly major: number
  readonly minor: number
  readonly majorBuild: number
  readonly minorBuild: number
  /** As `ServerVersionInfo` names it. */
  readonly name: string
  readonly newest: SchemaVersion
}

/** Builds of releases in wide use, from Microsoft's table of build numbers. */
const releases = {
  Exchange2010: [14, 0, 722, 0, 'Exchange2010', 'Exchange2010'],
  Exchange2010_SP2: [14, 2, 247, 5, 'Exchange2010_SP2', 'Exchange2010_SP2'],
  Exchange2010_SP3: [14, 3, 513, 0, 'Exchange2010_SP2', 'Exchange2010_SP2'],
  Exchange2013_SP1: [15, 0, 1497, 2, 'V2_23', 'Exchange2013_SP1'],
  Exchange2016: [15, 1, 2507, 6, 'V2017_07_11', 'Exchange2016'],
  Exchange2019: [15, 2, 1544, 4, 'V2018_01_08', 'V2018_01_08'],
} as const satisfies Record<string, readonly [number, number, number, number, string, SchemaVersion]>

export type Release = keyof typeof releases

export function serverVersion(release: Release): ServerVersion {
  const [major, minor, majorBuild, minorBuild, name, newest] = releases[release]
  return { major, minor, majorBuild, minorBuild, name, newest }
}

/** Whether a request of this version may use what came with another. */
export const isAtLeast = (version: SchemaVersion, since: SchemaVersion): boolean =>
  schemaVersions.indexOf(version) >= schemaVersions.indexOf(since)
