// What functions of TypeScript packages really use, by the TypeScript compiler: for the recall benchmark.
//
// node tests/benchmarks/context/oracle.mjs TYPESCRIPT ROOT COUNT PACKAGE... > samples.jsonl
//
// TYPESCRIPT is the folder of the npm package `typescript`, ROOT holds one folder a package, with its sources. The same as oracle.py:
// functions and methods of at least six lines, sampled with a fixed seed, and the places of all definitions of the package outside of
// each (functions, classes, interfaces, types, enumerations, their members, values of modules) that its code names.
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const [typescript, rootArgument, count, ...packages] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(resolve(typescript));
const root = resolve(rootArgument);
const { SyntaxKind } = ts;

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((each) => {
      const path = join(folder, each.name);
      if (each.isDirectory()) return each.name === 'node_modules' ? [] : sources(path);
      return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
    });
}

// A small generator with a seed, so that the sample is the same everywhere.
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, draw) {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(draw() * (index + 1));
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

const line = (file, position) => file.getLineAndCharacterOfPosition(position).line + 1;

function functionsOf(file) {
  const found = [];
  const visit = (node) => {
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.body) {
      const first = line(file, node.getStart(file));
      const last = line(file, node.end);
      if (last - first >= 6 && last - first <= 120) found.push({ node, first, last });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const MEMBERS = new Set([
  SyntaxKind.MethodDeclaration, SyntaxKind.MethodSignature, SyntaxKind.PropertyDeclaration, SyntaxKind.PropertySignature,
  SyntaxKind.GetAccessor, SyntaxKind.SetAccessor,
]);
const DEFINITIONS = new Set([
  SyntaxKind.FunctionDeclaration, SyntaxKind.ClassDeclaration, SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.EnumDeclaration,
]);

function isDefinition(declaration) {
  if (DEFINITIONS.has(declaration.kind)) return true;
  if (MEMBERS.has(declaration.kind)) return ts.isClassDeclaration(declaration.parent) || ts.isInterfaceDeclaration(declaration.parent);
  return ts.isVariableDeclaration(declaration) && ts.isSourceFile(declaration.parent.parent.parent);
}

function usedBy(checker, folder, file, { node, first, last }) {
  const found = new Map();
  const visit = (each) => {
    if (ts.isIdentifier(each)) {
      let symbol = checker.getSymbolAtLocation(each);
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
      if (declaration?.name && isDefinition(declaration)) {
        const other = declaration.getSourceFile();
        const at = line(other, declaration.name.getStart(other));
        const outside = other !== file || at < first || at > last;
        if (outside && !relative(folder, other.fileName).startsWith('..') && !other.isDeclarationFile) {
          found.set(`${other.fileName}:${at}`, [relative(root, other.fileName), at, symbol.name]);
        }
      }
    }
    ts.forEachChild(each, visit);
  };
  visit(node);
  return [...found.values()].sort((one, other) => (`${one}` < `${other}` ? -1 : 1));
}

for (const name of packages) {
  const folder = join(root, name);
  const program = ts.createProgram(sources(folder), {
    noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, allowImportingTsExtensions: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler, experimentalDecorators: true, types: [],
  });
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter((file) => !file.isDeclarationFile && !/\b(tests?|__tests__|benchmarks?)\b/.test(relative(folder, file.fileName)));
  const candidates = files.flatMap((file) => functionsOf(file).map((place) => [file, place]));
  let written = 0;
  for (const [file, place] of shuffled(candidates, random(22))) {
    if (written >= Math.floor(Number(count) / packages.length)) break;
    const used = usedBy(checker, folder, file, place);
    if (used.length < 2) continue;
    const { first, last } = place;
    console.log(JSON.stringify({ package: name, path: relative(root, file.fileName), first, last, used }));
    written += 1;
  }
}
