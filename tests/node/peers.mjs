// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pinned packages lie in the build folder, where MOTCUA_NODE says: a script of the source tree
// would not find them by itself. As a program it says whether they are the pinned ones.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.env.MOTCUA_NODE ?? path.join(here, '..', '..', '_build', 'node');

/** A package by its name. */
export const peer = createRequire(path.join(path.resolve(folder), 'package.json'));

/** What package.json pins: name → version. */
export const pinned = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8')).dependencies;

function installed(name) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch (error) {
    return error.message;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = Object.keys(pinned);
  console.log(`1..${names.length}`);
  names.forEach((name, index) => {
    const found = installed(name);
    const good = found === pinned[name] && Boolean(peer(name));
    console.log(`${good ? 'ok' : 'not ok'} ${index + 1} - ${name} ${pinned[name]}${good ? '' : ` # ${found}`}`);
    process.exitCode ||= good ? 0 : 1;
  });
}
