import type { Messages } from "./pair";

export const today = {
  "today.alerts": ["Needs someone", "需要处理"],
  "today.calm": ["Nothing needs a decision. The floor can work.", "没有待处理的事，现场可以正常作业。"],
  "today.ordersShipped": ["Units ordered and shipped, by day", "每日下单与发货件数"],
  "today.orders": ["Ordered", "下单"],
  "today.shipped": ["Shipped", "发货"],
  "today.stock": ["Units on hand", "在库件数"],
  "today.stockValue": ["Stock value", "库存金额"],
  "today.fill": ["Lines filled at once", "一次满足率"],
  "today.age": ["How long the stock has stood, in units", "库龄（件）"],
  "today.hours": ["Units by hour of today", "今日各时段件数"],
  "today.picked": ["Picked", "已拣"],
  "today.placed": ["Ordered", "下单"],
  "today.report": ["Print the day’s report", "打印日报"],
  "today.week": ["Print the week’s report", "打印周报"],
  "today.since": ["{time} ago", "{time}前"],
  "today.open": ["Open", "查看"],
} as const satisfies Messages;
