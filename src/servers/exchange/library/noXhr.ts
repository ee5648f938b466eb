/**
 * Stands for `@ewsjs/xhr`, the library's own way to the network, in what is shipped: nothing here uses it, it weighs most of the library, and it asks for a
 * native package that can't be bundled.
 */
export class XhrApi {
  constructor() {
    throw new Error('requests go over the transport alone')
  }
}
