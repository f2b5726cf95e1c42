import type { Messages } from "./pair";

export const place = {
  "place.unplaced": ["No place on the map", "地图上未定位"],
  "place.locate": ["Find addresses", "查找地址"],
  "place.setDepot": ["Set where the warehouse stands", "设置仓库位置"],
  "place.guessed": [
    "Routes begin in the middle of the map until somebody says where the warehouse stands.",
    "尚未设置仓库位置，线路暂从地图中心出发。",
  ],
  "place.depotTitle": ["Where does the warehouse stand?", "仓库在哪里？"],
  "place.search": ["Street and number", "街道和门牌号"],
  "place.answers": ["Places for this address", "该地址的可能位置"],
  "place.nothing": [
    "This map has no such street. Write it differently, or click the place.",
    "地图上没有这条街道。请换一种写法，或直接点击位置。",
  ],
  "place.hint": [
    "Enter takes the first, Alt and a digit another. Or click the place on the map.",
    "回车采用第一个，Alt+数字选其他；也可在地图上点击。",
  ],
  "place.more": ["and {n} more", "另有 {n} 个"],
  "place.leftOut": [
    "{n} stop is too many for one plan and left out.|{n} stops are too many for one plan and left out.",
    "超出单次规划上限，未纳入 {n} 站。",
  ],
} as const satisfies Messages;
