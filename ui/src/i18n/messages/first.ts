import type { Messages } from "./pair";

export const first = {
  "first.title": ["Welcome to Quayside", "欢迎使用 Quayside"],
  "first.sub": [
    "This computer has no warehouse yet. Everything works without a network; a server can be joined later too.",
    "本机还没有仓库。无需联网即可工作，以后也可以再连接服务器。",
  ],
  "first.found": ["Set up a warehouse", "新建仓库"],
  "first.foundText": [
    "A name, your PIN, and how many shelves. One minute.",
    "填写名称、PIN 和货架数量，一分钟完成。",
  ],
  "first.join": ["Join a server", "加入服务器"],
  "first.joinText": [
    "With a code from whoever runs it. People, goods and orders come along.",
    "向管理员索取登记码，人员、商品和订单会自动同步过来。",
  ],
  "first.demo": ["Look at the demo", "先看演示"],
  "first.demoText": [
    "A full warehouse with ninety days behind it. Your own stays empty.",
    "一座运行了九十天的完整仓库，不影响您自己的数据。",
  ],
  "first.demoLong": [
    "2,000 products, 3,000 bins, twelve vans and this morning's 250 orders, made on this computer in about half a minute. Start Quayside again to come back here.",
    "2,000 种商品、3,000 个库位、十二辆车和今早的 250 张订单，约半分钟在本机生成。重新启动 Quayside 即可回到这里。",
  ],
  "first.demoGo": ["Make and open the demo", "生成并打开演示"],
  "first.demoBusy": ["Making ninety days of history…", "正在生成九十天的历史…"],
  "first.warehouse": ["Name of the warehouse", "仓库名称"],
  "first.warehouseHint": ["North Harbor Goods", "北港仓储"],
  "first.site": ["Place", "所在地"],
  "first.siteHint": ["Pier 4", "四号码头"],
  "first.person": ["Your name", "您的姓名"],
  "first.personHint": [
    "You will be able to do everything, and let others in.",
    "您将拥有全部权限，并可添加其他人员。",
  ],
  "first.pin": ["PIN, 4 digits or more", "PIN（至少 4 位数字）"],
  "first.currency": ["Currency", "币种"],
  "first.timeZone": ["Site's clock", "站点时钟"],
  "first.shelves": ["Shelves", "货架"],
  "first.aisles": ["Aisles", "通道"],
  "first.bays": ["Bays", "列"],
  "first.levels": ["Levels", "层"],
  "first.pick_levels": ["In reach", "可拣层"],
  "first.bins": [
    "{n} bin, up to {last}.|{n} bins, from A-01-1 to {last}.",
    "共 {n} 个库位，A-01-1 至 {last}。",
  ],
  "first.noBins": ["No shelves: take places in from a file afterwards.", "不建货架：稍后从文件导入库位。"],
  "first.go": ["Open the warehouse", "开始使用"],
  "first.codeHint": ["The code works once, and for a short time.", "登记码仅可使用一次，且很快失效。"],
  "first.asking": ["Asking the server…", "正在联系服务器…"],
  "first.fetching": [
    "Joined. People and goods are on their way; this screen goes on by itself.",
    "已加入。正在获取人员和商品，完成后会自动继续。",
  ],
} as const satisfies Messages;
