// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tus server that was not written here:
//   tus-server.mjs --folder DIR [--names hash|random] [--port N] [--cuts BYTES,BYTES…]
// --names hash: an upload's URL is the sha256 of its metadata (what our province does);
// --names random: any URL, which the client learns from Location alone.
// --cuts: the line to it breaks after so many bytes upwards.
// Says "listening on URL" once it does, and ends with SIGTERM.

import http from 'node:http';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Cutter } from './cutter.mjs';
import { peer } from './peers.mjs';

const { Server } = peer('@tus/server');
const { FileStore } = peer('@tus/file-store');

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    names: { type: 'string', default: 'hash' },
    port: { type: 'string', default: '0' },
    cuts: { type: 'string' },
  },
});

/** The name of an upload by what its metadata says; what has none is refused. */
function nameByHash(request, metadata) {
  const hash = metadata?.sha256 ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw { status_code: 400, body: 'no sha256 in Upload-Metadata\n' };
  }
  return hash;
}

mkdirSync(options.folder, { recursive: true });
const tus = new Server({
  path: '/v1/blobs',
  relativeLocation: true,
  datastore: new FileStore({ directory: options.folder }),
  ...(options.names === 'hash' ? { namingFunction: nameByHash } : {}),
});
const server = http.createServer(tus.handle.bind(tus));

function end() {
  server.closeAllConnections();
  server.close();
  process.exit(0);
}

process.on('SIGTERM', end);
server.listen(Number(options.port), '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const cuts = options.cuts?.split(',').map(Number);
  console.log(`listening on ${cuts ? await new Cutter(url, cuts).open() : url}`);
});
