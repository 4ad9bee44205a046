'use strict'

const { EventEmitter } = require('node:events')

const DEFAULTS = { ttl: 60_000, max: 100 }

/**
 * A small cache with expiry.
 */
class Store extends EventEmitter {
  constructor (options = {}) {
    super()
    this.options = { ...DEFAULTS, ...options }
    this.items = new Map()
  }

  get (key) {
    const item = this.items.get(key)
    if (item === undefined) {
      return undefined
    }
    if (item.until < Date.now()) {
      this.items.delete(key)
      this.emit('expired', key)
      return undefined
    }
    return item.value
  }

  set (key, value) {
    if (this.items.size >= this.options.max) {
      const [oldest] = this.items.keys()
      this.items.delete(oldest)
    }
    this.items.set(key, { value, until: Date.now() + this.options.ttl })
    return this
  }

  clear () {
    this.items.clear()
  }
}

module.exports = { Store, DEFAULTS }
