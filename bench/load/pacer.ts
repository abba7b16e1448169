// People at work, in a process of its own: each habit at its rate, every wait measured from when the request was due.
import { type Connection, connect } from './connection.ts';
import { placeholder } from './job.ts';
import { atRate, type Habit, obey, type Pace, type Paced } from './open-loop.ts';

/** Whoever waits for an answer longer than that after the end gets none. */
const mostMs = 15_000;
let count = 0;

obey(async order => {
  if (!('pace' in order)) throw new Error('it can but pace');
  return pace(order.pace);
});

async function pace({ host, port, seconds, habits }: Pace): Promise<Paced> {
  const paced: Paced = { waits: Object.fromEntries(habits.map(habit => [habit.name, []])), wrong: {} };
  const under = new Set<(answer: number | string) => void>();
  const idle = new Map<string, Connection[]>();
  const one = async (habit: Habit, due: number) => {
    const mine = idle.get(habit.name) ?? [];
    idle.set(habit.name, mine);
    const answered = (answer: number | string) => {
      if (!under.delete(answered)) return;
      paced.waits[habit.name]?.push(performance.now() - due);
      const what = `${habit.name} ${answer}`;
      if (answer !== habit.expect) paced.wrong[what] = (paced.wrong[what] ?? 0) + 1;
    };
    under.add(answered);
    try {
      const connection = mine.pop() ?? (await connect(host, port));
      const number = String(++count).padStart(placeholder.length, '0');
      answered(await connection.send(Buffer.from(habit.request.replaceAll(placeholder, number))));
      mine.push(connection);
    } catch {
      answered('lost');
    }
  };
  const ends = habits.map((habit, i) => {
    // Not all at the same moment.
    let end = () => {};
    const timer = setTimeout(
      () => {
        end = atRate(habit.rate, due => void one(habit, due));
      },
      (i * 1_000) / habit.rate / habits.length,
    );
    return () => {
      clearTimeout(timer);
      end();
    };
  });
  await new Promise(resolve => setTimeout(resolve, seconds * 1_000));
  for (const end of ends) end();
  const until = performance.now() + mostMs;
  while (under.size > 0 && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 10));
  for (const tell of [...under]) tell('no answer in time');
  for (const connections of idle.values()) for (const connection of connections) connection.close();
  return paced;
}
