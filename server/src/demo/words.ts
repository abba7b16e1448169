// The words of generated pass phrases: 256, short, easy to type and to tell over the phone; eight bits each.
const list = `
acorn almond amber anchor apple apron arrow aspen autumn badge bagel bakery bamboo banana barley basil basket beacon
berry birch biscuit blanket bloom blossom bottle branch bread breeze brick bridge bronze brook brush bucket butter button
cabin cactus candle canoe canvas caramel carpet carrot castle cedar celery chalk cherry chestnut chimney cider cinnamon
cliff clock clover cobalt coconut comet compass copper coral cotton cradle crane crayon cricket crystal cupboard daisy
dawn desert dewdrop dinner dolphin dragon drum dune eagle echo elm ember emerald engine fabric falcon feather fennel fern
ferry fiddle field finch flame flint flute foam forest fossil fountain fox garden garlic ginger glacier glass glove
granite grape grove guitar hammer harbour harvest hazel hedge helmet heron hill honey horizon ink iris island ivory ivy
jacket jasmine jelly jewel juniper kayak kettle kite kiwi ladder lagoon lamp lantern larch lavender leaf ledger lemon lilac
lily linen lobster lotus lunar magnet maple marble meadow melon mesa mint mirror mosaic moss mountain mustard napkin needle
nest nickel night nutmeg oak oasis oat ocean olive onion opal orange orbit orchid otter oyster paddle palm papaya paper
parsley pasture peach pear pebble pencil pepper piano pillow pine planet plum pocket pond poplar poppy pottery prairie
pumpkin quartz quill quilt rabbit radish rain raven reef ribbon rice ridge river robin rocket rose saddle saffron sage
sail salmon sandal sapphire scarf seal shell shore silk silver sketch sparrow spruce squash starling stone summit sunset
swan table teapot thistle thunder tiger timber tulip tunnel turtle valley velvet violet walnut willow window zebra
`;

export const words: readonly string[] = list.trim().split(/\s+/);

/** Four words and four digits, 45 bits: no name of ours is among the words. */
export function passPhrase(random: { bytes: (count: number) => Buffer; digits: (count: number) => string }) {
  const chosen = [...random.bytes(4)].map(byte => words[byte]);
  return [...chosen, random.digits(4)].join('-');
}
