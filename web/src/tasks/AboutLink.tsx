// The record that a task is about, as a link.
import { Link } from '@tanstack/react-router';
import type { Task } from './form.ts';

export function AboutLink({ task }: { task: Task }) {
  const { about, customer } = task;
  if (!about) return null;
  const beside = customer && customer.id !== about.id ? ` · ${customer.name}` : '';
  const words = `${about.name}${beside}`;
  const params = { id: about.id };
  switch (about.type) {
    case 'customer':
      return (
        <Link to="/customers/$id" params={params}>
          {words}
        </Link>
      );
    case 'deal':
      return (
        <Link to="/deals/$id" params={params}>
          {words}
        </Link>
      );
    case 'lead':
      return (
        <Link to="/leads/$id" params={params}>
          {words}
        </Link>
      );
    case 'order':
      return (
        <Link to="/orders/$id" params={params}>
          {words}
        </Link>
      );
    case 'contact':
      return customer ? (
        <Link to="/customers/$id" params={{ id: customer.id }}>
          {words}
        </Link>
      ) : (
        <span>{words}</span>
      );
  }
}
