// The hours stand at the same place in the timeline and in the replay over it.
export const AXIS_LEFT_PX = 140;
export const AXIS_RIGHT_PX = 36;
