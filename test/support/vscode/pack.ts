// Packs the extension ahead of the suites that need it, so that none of them builds while another does.
import { packedExtension } from './packed.ts'

packedExtension()
