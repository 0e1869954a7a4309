// Loaded into every Node of a test by NODE_OPTIONS: writes down each socket that listens, as the kernel names it.
'use strict';

const fs = require('node:fs');
const { Server } = require('node:net');

const { emit } = Server.prototype;
Server.prototype.emit = function witnessed(event, ...rest) {
  if (event === 'listening' && this._handle?.fd >= 0) {
    try {
      fs.appendFileSync(process.env.WITNESS, `${fs.readlinkSync(`/proc/self/fd/${this._handle.fd}`)}\n`);
    } catch {
      // Not Linux: processes are looked for there, sockets are not.
    }
  }
  return emit.call(this, event, ...rest);
};
