// The demo that the stories of a file play in.

export const demoPassword = 'kettle-lantern-orchard-5';

/** Its address and its data folder, once it has begun. */
export const demo = { url: '', data: '' };
