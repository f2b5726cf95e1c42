import type { Messages } from "./pair";

export const help = {
  "help.title": ["Help for this screen", "本页说明"],
  "help.action": ["Help for this screen", "本页说明"],
  "help.keys": ["All keys of this screen: press ?", "本页全部快捷键：按 ?"],
  "help.next": ["What to do first", "先做什么"],
  "help.good": ["Good to know", "须知"],
  "help.today": [
    "What waits, what is wrong, and how the day runs. A number leads to the work behind it.",
    "待办、异常和当天进度。点数字即可到对应的工作。",
  ],
  "help.today.first": ["Press a card with a sign: ✕ first, then ▲.", "先点带 ✕ 的卡片，再点带 ▲ 的。"],
  "help.today.good": [
    "A supervisor says under Settings, Alerts, from where on something is wrong.",
    "主管可在“设置 › 提醒”中设定提醒条件。",
  ],
  "help.orders": [
    "Every order, by how far it is. A row opens its lines, what happened to it, and what can be done.",
    "全部订单，按进度分组。打开一行可看明细、经过和可做的操作。",
  ],
  "help.orders.first": [
    "Tick ready orders with Space and make a wave of them.",
    "用空格勾选可拣订单，建一个波次。",
  ],
  "help.orders.good": [
    "Files and spreadsheets are looked at before anything is taken in, and can be undone as a whole.",
    "文件和表格先预览再导入，可整批撤销。",
  ],
  "help.pick": [
    "A wave is walked bin by bin. The screen always names what to scan next.",
    "按库位顺序拣一个波次，画面始终提示下一个要扫的码。",
  ],
  "help.pick.first": [
    "Release a wave, then pick: scan the bin, then the item.",
    "下发波次后开始拣货：先扫库位，再扫商品。",
  ],
  "help.pick.good": [
    "Less is there than the book says? F2, the number, Enter: the rest is looked for elsewhere.",
    "实物不足？按 F2，输入数量，回车：其余部分会另找库位。",
  ],
  "help.pack": [
    "An order is packed into the boxes that are proposed, checked item by item.",
    "按建议的箱型打包，逐件核对。",
  ],
  "help.pack.first": ["Scan an order or its tote, then each item.", "先扫订单或周转箱，再逐件扫描。"],
  "help.pack.good": [
    "Closing a carton prints its label and asks for the weight.",
    "封箱时会打印标签并询问重量。",
  ],
  "help.receive": [
    "What is expected, what came, and where it goes. Returns come in here too.",
    "待收、已收与上架，退货也在这里。",
  ],
  "help.receive.first": [
    "Open an expected receipt and scan what is in your hand.",
    "打开到货单，扫描手中的商品。",
  ],
  "help.receive.good": [
    "Nothing is refused at the dock: what was not expected is taken in and named.",
    "码头不拒收：未预期的货也会入账并标明。",
  ],
  "help.stock": [
    "On hand by SKU, bin and lot. Every number opens the moves that made it.",
    "按货号、库位和批次查看库存。点任意数字可看形成它的流水。",
  ],
  "help.stock.first": [
    "Scan a SKU or a bin from anywhere to see it here.",
    "在任何画面扫货号或库位即可查看。",
  ],
  "help.stock.good": [
    "A discrepancy is what the book cannot explain. It has an age and opens a count.",
    "差异是账面无法解释的数量，有时长，并会触发盘点。",
  ],
  "help.count": [
    "Bins are counted blind. What differs is recounted by somebody else, then approved.",
    "盲盘：有差异时由他人复盘，再审批。",
  ],
  "help.count.first": [
    "Start counting, scan a bin, then scan what is there.",
    "开始盘点：先扫库位，再扫其中的商品。",
  ],
  "help.count.good": [
    "Work goes on while a bin is counted; later moves stand.",
    "盘点时作业不停，之后的移动照常有效。",
  ],
  "help.buy": [
    "What to order and why: demand, delivery times, what being short costs.",
    "建议订什么、为什么：需求、到货时间和缺货代价。",
  ],
  "help.buy.first": ["Open a proposal, look at its reason, press A.", "打开一条建议，看原因，按 A 接受。"],
  "help.buy.good": ["A refusal keeps its reason and rests a week.", "拒绝会保留原因，一周内不再提示。"],
  "help.route": [
    "Stops, map and timeline are one thing: what is chosen in one is shown in all.",
    "站点、地图和时间轴联动：在一处选中，处处显示。",
  ],
  "help.route.first": [
    "P plans, T takes the plan, Publish shows it to the drivers.",
    "P 排线路，T 采用，发布后司机可见。",
  ],
  "help.route.good": [
    "Before a stop is dropped the card says what it costs and which rule it breaks.",
    "放下站点前，卡片会提示成本和冲突的约束。",
  ],
  "help.settings": [
    "This desk, people, vans, alerts, the server, data, and the proof that the books balance.",
    "本机、人员、车辆、提醒、服务器、数据和账目核对。",
  ],
  "help.settings.first": [
    "Choose a language, a theme and how dense tables are.",
    "选择语言、主题和表格密度。",
  ],
  "help.settings.good": [
    "Before you call for help: About, Diagnostics, Save for support.",
    "求助前：关于 › 诊断信息 › 保存给支持人员。",
  ],
  "help.labels": [
    "Labels, slips, manifests and reports, seen before they are printed.",
    "标签、装箱单、装车单和报表，先看后印。",
  ],
  "help.labels.first": ["Choose a document and what it is for.", "选择单据及其对象。"],
  "help.labels.good": [
    "Every paper lies as a PDF in the data folder.",
    "所有单据都以 PDF 保存在数据文件夹中。",
  ],
} as const satisfies Messages;
