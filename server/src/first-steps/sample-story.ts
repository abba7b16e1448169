// What a sample consists of.

type Task = { title: string; kind: 'todo' | 'call' | 'meeting'; priority: 'normal' | 'high'; dueIn: number };

export type Offer = {
  title: string;
  /** In minor units. */
  amount: number;
  /** Which of the open stages, or how it ended. */
  stage: number | 'won' | 'lost';
  closesIn: number;
  order?: {
    kind: 'quote' | 'order';
    /** Which product, and how many. */
    lines: [ware: number, quantity: number][];
    status?: 'sent' | 'confirmed';
    /** The share of the total that has been paid. */
    paid?: number;
  };
};

export type Company = {
  name: string;
  phone: string;
  email: string;
  industry: string;
  source: string;
  level: string;
  city: string;
  stage: 'new' | 'contacted' | 'interested' | 'negotiating' | 'won';
  /** Days since it was entered. */
  age: number;
  people: { name: string; title: string; phone: string; email: string }[];
  said: {
    kind: 'call' | 'visit' | 'meeting' | 'note';
    body: string;
    ago: number;
    nextStep?: string;
    nextIn?: number;
  }[];
  offers: Offer[];
  todo: Task[];
};

export type Story = {
  tag: string;
  currency: string;
  products: { code: string; name: string; unit: string; category: string; price: number; taxRate: number }[];
  companies: Company[];
  leads: {
    name: string;
    company: string;
    title: string;
    phone: string;
    email: string;
    source: string;
    status: 'new' | 'contacted' | 'qualified';
    score: number;
    nextIn: number | null;
  }[];
  tasks: Task[];
};
