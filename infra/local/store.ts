import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What local Microsoft 365 remembers: small collections of JSON documents that survive `kill -9`. */
export interface Store {
  collection<T>(name: string): Collection<T>;
  /**
   * Runs several writes as one: all of them are kept, or none. The work is synchronous; inside other such work it joins
   * it.
   */
  together<R>(work: () => R): R;
  close(): void;
}

export interface Collection<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  /** In the order in which the keys were first put. */
  entries(): IterableIterator<[string, T]>;
  values(): T[];
  /** Those whose field has this value, found without looking at the others. */
  where<Field extends keyof T>(field: Field, value: T[Field]): T[];
  /** A number never given before in this collection, counting from 1. */
  next(): number;
}

/** @param file an SQLite file, made when missing, or `:memory:`. */
export function openStore(file: string): Store {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS documents (collection TEXT, key TEXT, position INTEGER PRIMARY KEY, body TEXT NOT NULL, UNIQUE (collection, key));
    CREATE TABLE IF NOT EXISTS numbers (collection TEXT PRIMARY KEY, last INTEGER NOT NULL);
  `);
  const read = database.prepare('SELECT key, body FROM documents WHERE collection = ? ORDER BY position');
  const write = database.prepare(
    'INSERT INTO documents (collection, key, body) VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET body = excluded.body',
  );
  const remove = database.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
  const count = database.prepare(
    'INSERT INTO numbers (collection, last) VALUES (?, 1) ON CONFLICT (collection) DO UPDATE SET last = last + 1 RETURNING last',
  );
  const opened = new Map<string, Opened>();
  let working = false;

  function open<T>(name: string): Collection<T> & Opened {
    const documents = new Map<string, T>();
    const indexes = new Map<keyof T, Map<unknown, Map<string, T>>>();
    function file(field: keyof T, key: string, value: T): void {
      const index = indexes.get(field);
      const group = index?.get(value[field]) ?? new Map<string, T>();
      index?.set(value[field], group.set(key, value));
    }
    function unfile(field: keyof T, key: string): void {
      const before = documents.get(key);
      if (before) indexes.get(field)?.get(before[field])?.delete(key);
    }
    function load(): void {
      documents.clear();
      indexes.clear();
      for (const row of read.all(name)) documents.set(String(row['key']), JSON.parse(String(row['body'])) as T);
    }
    load();
    return {
      load,
      get: key => documents.get(key),
      put(key, value) {
        write.run(name, key, JSON.stringify(value));
        for (const field of indexes.keys()) {
          if (documents.get(key)?.[field] !== value[field]) unfile(field, key);
          file(field, key, value);
        }
        documents.set(key, value);
      },
      delete(key) {
        remove.run(name, key);
        for (const field of indexes.keys()) unfile(field, key);
        documents.delete(key);
      },
      entries: () => documents.entries(),
      values: () => [...documents.values()],
      where(field, value) {
        if (!indexes.has(field)) {
          indexes.set(field, new Map());
          for (const [key, document] of documents) file(field, key, document);
        }
        return [...(indexes.get(field)?.get(value)?.values() ?? [])];
      },
      next: () => Number(count.get(name)?.['last']),
    };
  }

  return {
    collection<T>(name: string) {
      const known = opened.get(name) ?? open<T>(name);
      opened.set(name, known);
      return known as Opened & Collection<T>;
    },
    together(work) {
      if (working) return work();
      database.exec('BEGIN');
      working = true;
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        // Whoever holds a collection goes on using it, so it is read again in place.
        for (const collection of opened.values()) collection.load();
        throw error;
      } finally {
        working = false;
      }
    },
    close: () => database.close(),
  };
}

/** What the store keeps of a collection it has handed out. */
interface Opened {
  /** Reads everything again from the file. */
  load(): void;
}
