// Reads the lines of lint on standard input as VS Code's problem matchers would, of each task in a tasks.json, and prints
// what they make of each line: null for a line that none of them knows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [tasksFile, modules] = process.argv.slice(2);
const typescript = createRequire(modules + '/')('typescript');
// tasks.json is JSON with comments.
const { config, error } = typescript.readConfigFile(tasksFile, (path) => readFileSync(path, 'utf8'));
if (error) throw new Error(JSON.stringify(error.messageText));

const lines = readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
const parts = ['file', 'line', 'column', 'severity', 'code', 'message'];
const read = (line, matchers) => {
  for (const { pattern } of matchers) {
    const match = new RegExp(pattern.regexp).exec(line);
    if (match) return Object.fromEntries(parts.filter((p) => p in pattern).map((p) => [p, match[pattern[p]]]));
  }
  return null;
};
const tasks = config.tasks.map(({ command, args, problemMatcher }) => ({
  command,
  args,
  found: lines.map((line) => read(line, problemMatcher)),
}));
process.stdout.write(JSON.stringify(tasks));
