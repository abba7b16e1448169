// Where the first field of a form takes the focus: on a desk; a phone's keyboard would cover what one came to see.

/** As `ref` of the first field: focuses it when it appears. */
export function focusOnDesk(field: HTMLElement | null): void {
  if (field && matchMedia('(min-width: 62em)').matches) field.focus({ preventScroll: true });
}
