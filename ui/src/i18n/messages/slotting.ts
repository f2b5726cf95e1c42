import type { Messages } from "./pair";

export const slotting = {
  "slotting.tab": ["Slotting", "货位优化"],
  "slotting.open": ["Slotting map", "货位优化图"],
  "slotting.hours": ["Hours for moving", "可用工时"],
  "slotting.lines": ["Lines on a walk", "每趟拣货行数"],
  "slotting.sum": [
    "{n} moves save {saved} of {walked} walked a week, for {minutes} min of work",
    "{n} 处调整每周少走 {saved}（现走 {walked}），耗时 {minutes} 分钟",
  ],
  "slotting.map": ["Picks by face, last four weeks", "近四周各货位拣货次数"],
  "slotting.mapHint": ["Aisle by aisle; the walk starts at the left.", "按巷道排列，行走从左侧开始。"],
  "slotting.cell": ["{bin}: {n} picks", "{bin}：拣 {n} 次"],
  "slotting.seldom": ["seldom", "少"],
  "slotting.often": ["often", "多"],
  "slotting.moves": ["Moves that pay", "值得做的调整"],
  "slotting.to": ["To", "到"],
  "slotting.swap": ["Swaps with", "对换"],
  "slotting.saves": ["Saves a week", "每周省"],
  "slotting.takes": ["Takes", "耗时"],
  "slotting.pays": ["Pays after", "回本"],
  "slotting.min": ["{n} min", "{n} 分钟"],
  "slotting.weeks": ["{n} week|{n} weeks", "{n} 周"],
  "slotting.empty": [
    "No move pays for its work now. Give it more time, or fewer lines on a walk.",
    "目前没有划算的调整。可增加工时或减少每趟行数。",
  ],
  "slotting.print": ["Print the list", "打印清单"],
  "slotting.done": ["Done as proposed: {n}", "已按建议完成：{n}"],
} as const satisfies Messages;
