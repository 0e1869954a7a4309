// Another style: no rooms of the library, and ids that are texts. The store is slow, as one on another computer is. So all that
// happens goes through one queue: whoever comes in, asks or answers waits until those before are done.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

class Person {
  tabs = new Set();
  entries = []; // the oldest first
  topics = [];
  requests = new Map(); // from a key to the answer

  unread() {
    return this.entries.filter(({ isRead }) => !isRead);
  }

  tell(event, news, isMeant = () => true) {
    [...this.tabs].filter(isMeant).forEach((tab) => tab.emit(event, news));
  }
}

class Refused extends Error {}

export default (io) => {
  const people = new Map();
  let queue = Promise.resolve();

  const personOf = (name) => {
    if (!people.has(name)) people.set(name, new Person());
    return people.get(name);
  };

  const inTurn = (act) => {
    queue = queue.then(async () => {
      await pause(2);
      act();
    });
  };

  const show = (tab, entry) => {
    tab.timeout(60000).emit('notification', entry.shown, (error, answer) => inTurn(() => {
      if (error || !answer.ok || entry.isDelivered) return;
      entry.isDelivered = true;
      personOf(entry.shown.from).tell('delivered', { id: entry.shown.id, to: entry.to });
    }));
  };

  const send = (to, from, text) => {
    const entry = { to, shown: { id: randomUUID(), from, text }, isRead: false, isDelivered: false };
    personOf(to).entries.push(entry);
    personOf(to).tabs.forEach((tab) => show(tab, entry));
    return entry.shown.id;
  };

  const requests = {
    notify({ name }, { to, text, key = randomUUID() }) {
      const { requests: known } = personOf(name);
      if (!known.has(key)) known.set(key, { id: send(to, name, text) });
      return known.get(key);
    },
    read({ name, tab }, { id }) {
      const me = personOf(name);
      const entry = me.entries.find(({ shown }) => shown.id === id);
      if (!entry) throw new Refused('not_found');
      const wasRead = entry.isRead;
      entry.isRead = true;
      const unread = me.unread().length;
      if (!wasRead) me.tell('read', { id, unread }, (other) => other !== tab);
      return { unread };
    },
    subscribe({ name }, { topic }) {
      const { topics } = personOf(name);
      if (!topics.includes(topic)) topics.push(topic);
    },
    announce({ name, role }, { topics, text }) {
      if (role !== 'teacher') throw new Refused('not_allowed');
      const meant = [...people].filter(([, person]) => person.topics.some((topic) => topics.includes(topic)));
      meant.forEach(([to]) => send(to, name, text));
      return { people: meant.length };
    },
  };

  io.on('connection', (tab) => {
    const who = { tab, ...tab.handshake.auth };

    for (const [event, handle] of Object.entries(requests)) {
      tab.on(event, (request, ack) => inTurn(() => {
        try {
          ack({ ok: true, ...handle(who, request) });
        } catch (refused) {
          if (!(refused instanceof Refused)) throw refused;
          ack({ ok: false, error: refused.message });
        }
      }));
    }

    inTurn(() => {
      const me = personOf(who.name);
      me.tabs.add(tab);
      me.unread().forEach((entry) => show(tab, entry));
    });

    tab.on('disconnect', () => inTurn(() => personOf(who.name).tabs.delete(tab)));
  });
};
