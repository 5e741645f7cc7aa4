/**
 * Curated tables of the demonstration city. Positions are approximate, from general geographic knowledge, to two or three
 * decimals of a degree; the generator snaps them to the right land. Nothing here is a survey or a register.
 */
export type Spot = readonly [lon: number, lat: number];

/** Township → land mass, approximate centre, radius of its streets in metres, English name. */
export interface TownRow {
  readonly name: string;
  readonly en: string;
  readonly mass: number;
  readonly at: Spot;
  readonly streets_m: number;
}
const town = (name: string, en: string, mass: number, lon: number, lat: number, streets_m: number): TownRow => ({
  name,
  en,
  mass,
  at: [lon, lat],
  streets_m,
});

export const TOWNS: readonly TownRow[] = [
  town('昌国街道', 'Changguo', 2, 122.105, 30.027, 1700),
  town('环南街道', 'Huannan', 2, 122.1, 30.013, 1300),
  town('城东街道', 'Chengdong', 2, 122.122, 30.023, 1500),
  town('盐仓街道', 'Yancang', 2, 122.062, 30.02, 1400),
  town('临城街道', 'Lincheng', 2, 122.19, 30.002, 1900),
  town('岑港街道', 'Cengang', 2, 121.99, 30.075, 900),
  town('马岙街道', "Ma'ao", 2, 122.09, 30.117, 900),
  town('双桥街道', 'Shuangqiao', 2, 122.04, 30.046, 1100),
  town('小沙街道', 'Xiaosha', 2, 122.057, 30.113, 800),
  town('千岛街道', 'Qiandao', 2, 122.212, 29.992, 1700),
  town('金塘镇', 'Jintang', 5, 121.872, 30.015, 1200),
  town('白泉镇', 'Baiquan', 2, 122.152, 30.068, 1300),
  town('干览镇', 'Ganlan', 2, 122.133, 30.102, 900),
  town('沈家门街道', 'Shenjiamen', 2, 122.297, 29.951, 1700),
  town('东港街道', 'Donggang', 2, 122.308, 29.974, 1500),
  town('朱家尖街道', 'Zhujiajian', 6, 122.384, 29.905, 1300),
  town('展茅街道', 'Zhanmao', 2, 122.279, 30.03, 1000),
  town('六横镇', 'Liuheng', 4, 122.116, 29.744, 1500),
  town('虾峙镇', 'Xiazhi', 14, 122.24, 29.758, 600),
  town('桃花镇', 'Taohua', 8, 122.273, 29.832, 800),
  town('东极镇', 'Dongji', 41, 122.684, 30.195, 350),
  town('普陀山镇', 'Putuoshan', 16, 122.384, 29.988, 800),
  town('高亭镇', 'Gaoting', 3, 122.204, 30.247, 1500),
  town('东沙镇', 'Dongsha', 3, 122.135, 30.31, 900),
  town('岱东镇', 'Daidong', 3, 122.214, 30.287, 700),
  town('岱西镇', 'Daixi', 3, 122.118, 30.284, 800),
  town('长涂镇', 'Changtu', 18, 122.293, 30.247, 700),
  town('衢山镇', 'Qushan', 7, 122.355, 30.441, 1300),
  town('秀山乡', 'Xiushan', 13, 122.165, 30.168, 800),
  town('菜园镇', 'Caiyuan', 11, 122.455, 30.724, 1200),
  town('嵊山镇', 'Shengshan', 27, 122.815, 30.722, 600),
  town('洋山镇', 'Yangshan', 30, 122.08, 30.59, 700),
  town('五龙乡', 'Wulong', 11, 122.492, 30.715, 600),
  town('黄龙乡', 'Huanglong', 22, 122.557, 30.665, 500),
  town('枸杞乡', 'Gouqi', 21, 122.77, 30.716, 600),
  town('花鸟乡', 'Huaniao', 32, 122.675, 30.853, 350),
];

/** Villages of outer islands with a position: administrative name → land mass, approximate place. */
export interface VillageRow {
  readonly name: string;
  readonly short: string;
  readonly en: string;
  readonly mass: number;
  readonly at: Spot;
}
const village = (name: string, short: string, en: string, mass: number, lon: number, lat: number): VillageRow => ({
  name,
  short,
  en,
  mass,
  at: [lon, lat],
});
export const VILLAGES: readonly VillageRow[] = [
  village('台门社区居委会', '台门', 'Taimen', 4, 122.19, 29.7),
  village('佛渡村村委会', '佛渡', 'Fodu', 23, 122.025, 29.744),
  village('悬山村村委会', '悬山', 'Xuanshan', 20, 122.225, 29.704),
  village('湖泥村村委会', '湖泥', 'Huni', 84, 122.228, 29.739),
  village('葫芦村村委会', '葫芦', 'Hulu', 70, 122.423, 30.031),
  village('白沙港村村委会', '白沙港', 'Baishagang', 51, 122.45, 29.936),
  village('蚂蚁岛村村委会', '蚂蚁岛', 'Mayidao', 49, 122.259, 29.868),
  village('鲁家峙村委会', '鲁家峙', 'Lujiazhi', 44, 122.293, 29.935),
  village('梁横村村委会', '梁横', 'Liangheng', 54, 122.288, 30.085),
  village('盘峙村委会', '盘峙', 'Panzhi', 33, 122.076, 29.988),
  village('大猫村委会', '大猫', 'Damao', 26, 122.039, 29.95),
  village('长峙社区居委会', '长峙', 'Changzhi', 25, 122.162, 29.976),
  village('册北村委会', '册北', 'Cebei', 15, 121.937, 30.098),
  village('黄泽村村委会', '黄泽', 'Huangze', 40, 122.328, 30.52),
  village('小衢村村委会', '小衢', 'Xiaoqu', 50, 122.262, 30.521),
  village('鼠浪村村委会', '鼠浪', 'Shulang', 34, 122.465, 30.43),
  village('官山村村委会', '官山', 'Guanshan', 39, 122.186, 30.224),
  village('马迹村委会', '马迹', 'Maji', 61, 122.416, 30.678),
  village('绿华村委会', '绿华', 'Lvhua', 57, 122.616, 30.821),
  village('壁下村委会', '壁下', 'Bixia', 71, 122.78, 30.788),
  village('滩浒村委会', '滩浒', 'Tanhu', 77, 121.623, 30.614),
  village('金平村委会', '金平', 'Jinping', 48, 122.455, 30.75),
  village('东极村村委会', '庙子湖', 'Miaozihu', 41, 122.683, 30.194),
];

/** Bridges that exist, drawn as straight decks between approximate bridgeheads. */
export interface BridgeRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly from: { readonly mass: number; readonly at: Spot };
  readonly to: { readonly mass: number; readonly at: Spot };
  readonly speed_kmh: number;
  /** False on expressway decks. */
  readonly foot: boolean;
}
const bridge = (
  id: string,
  zh: string,
  en: string,
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  speed_kmh: number,
): BridgeRow => ({
  id: `bridge-${id}`,
  zh,
  en,
  from: { mass: from[0], at: [from[1], from[2]] },
  to: { mass: to[0], at: [to[1], to[2]] },
  speed_kmh,
  foot: speed_kmh < 80,
});
export const BRIDGES: readonly BridgeRow[] = [
  bridge('jintang', '金塘大桥', 'Jintang Bridge', [0, 121.722, 29.965], [5, 121.843, 30.02], 90),
  bridge('xihoumen', '西堠门大桥', 'Xihoumen Bridge', [5, 121.91, 30.065], [15, 121.916, 30.085], 90),
  bridge('taoyaomen', '桃夭门大桥', 'Taoyaomen Bridge', [15, 121.95, 30.095], [69, 121.965, 30.095], 90),
  bridge('xiangjiaomen', '响礁门大桥', 'Xiangjiaomen Bridge', [69, 121.971, 30.091], [66, 121.977, 30.085], 90),
  bridge('cengang', '岑港大桥', 'Cengang Bridge', [66, 121.983, 30.082], [2, 121.99, 30.083], 90),
  bridge('zhujiajian', '朱家尖海峡大桥', 'Zhujiajian Strait Bridge', [2, 122.325, 29.952], [6, 122.338, 29.945], 60),
  bridge(
    'zhoudai-south',
    '舟岱大桥（南段，经长白）',
    'Zhoushan–Daishan Bridge (south part, by Changbai)',
    [2, 122.03, 30.155],
    [19, 122.035, 30.175],
    90,
  ),
  bridge(
    'zhoudai-north',
    '舟岱大桥（北段）',
    'Zhoushan–Daishan Bridge (north part)',
    [19, 122.04, 30.198],
    [3, 122.092, 30.265],
    90,
  ),
  bridge(
    'guanshan',
    '秀山大桥高亭官山接线',
    'Gaoting–Guanshan link of Xiushan Bridge',
    [3, 122.186, 30.243],
    [39, 122.184, 30.231],
    60,
  ),
  bridge('xiushan', '秀山大桥', 'Xiushan Bridge', [39, 122.184, 30.216], [13, 122.18, 30.201], 60),
  bridge('sanjiao', '三礁江大桥', 'Sanjiaojiang Bridge', [21, 122.791, 30.716], [27, 122.801, 30.716], 40),
  bridge('changzhi', '长峙大桥', 'Changzhi Bridge', [2, 122.165, 29.992], [25, 122.163, 29.986], 50),
  bridge('aoshan', '岙山大桥', 'Aoshan Bridge', [25, 122.15, 29.962], [29, 122.148, 29.963], 50),
  bridge('xiaogan', '小干大桥', 'Xiaogan Bridge', [2, 122.225, 29.969], [35, 122.226, 29.962], 50),
  bridge('lujiazhi', '鲁家峙大桥', 'Lujiazhi Bridge', [2, 122.291, 29.947], [44, 122.292, 29.94], 40),
  bridge('donghai', '东海大桥', 'Donghai Bridge', [1, 121.908, 30.862], [46, 122.052, 30.642], 80),
];

export type PierKind = 'passenger' | 'ramp' | 'small' | 'beach';
export interface PierRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly mass: number;
  readonly at: Spot;
  readonly kind: PierKind;
  readonly draught_m: number;
  /** Least level of the tide above chart datum; null where it can always be used. */
  readonly tide_min_m: number | null;
}
const pier = (
  id: string,
  zh: string,
  en: string,
  mass: number,
  lon: number,
  lat: number,
  kind: PierKind,
  draught_m: number,
  tide_min_m: number | null = null,
): PierRow => ({ id: `pier-${id}`, zh, en, mass, at: [lon, lat], kind, draught_m, tide_min_m });

export const PIERS: readonly PierRow[] = [
  pier('dinghai', '定海码头', 'Dinghai pier', 2, 122.102, 30.008, 'passenger', 5),
  pier('yadanshan', '盐仓车渡码头', 'Yancang ramp', 2, 122.055, 30.007, 'ramp', 5),
  pier('lincheng', '新城码头', 'Lincheng pier', 2, 122.2, 29.976, 'passenger', 4),
  pier('dundou', '沈家门墩头码头', 'Shenjiamen Duntou pier', 2, 122.285, 29.943, 'passenger', 5),
  pier('banshengdong', '沈家门半升洞码头', 'Shenjiamen Banshengdong pier', 2, 122.312, 29.944, 'passenger', 5),
  pier('donggang', '东港码头', 'Donggang pier', 2, 122.335, 29.985, 'small', 3),
  pier('sanjiang', '三江码头', 'Sanjiang ramp', 2, 122.098, 30.15, 'ramp', 5),
  pier('ximatou', '西码头', 'Ximatou pier', 2, 122.135, 30.125, 'small', 4),
  pier('cengang', '岑港码头', 'Cengang pier', 2, 121.985, 30.06, 'small', 4),
  pier('zhanmao', '螺门码头', 'Luomen pier', 2, 122.28, 30.068, 'small', 3),
  pier('ganshan', '浦西车渡码头', 'Puxi ramp', 2, 122.26, 29.957, 'ramp', 4),
  pier('jintang', '沥港码头', 'Ligang pier', 5, 121.842, 30.035, 'passenger', 4),
  pier('mu-ao', '金塘木岙码头', "Mu'ao ramp, Jintang", 5, 121.905, 29.995, 'ramp', 5),
  pier('dapeng', '大鹏山码头', 'Dapengshan landing', 31, 121.84, 30.065, 'small', 2.5),
  pier('cezi', '册子码头', 'Cezi pier', 15, 121.945, 30.085, 'small', 3),
  pier('fuchi', '富翅码头', 'Fuchi landing', 69, 121.975, 30.093, 'small', 2.5),
  pier('lidiao', '里钓山码头', 'Lidiaoshan landing', 66, 121.974, 30.075, 'small', 2.5),
  pier('changbai', '长白码头', 'Changbai ramp', 19, 122.035, 30.166, 'ramp', 3.5),
  pier('panzhi', '盘峙码头', 'Panzhi pier', 33, 122.077, 30.001, 'small', 3),
  pier('damao', '大猫码头', 'Damao pier', 26, 122.04, 29.964, 'small', 3),
  pier('zhairuo', '摘箬山码头', 'Zhairuoshan pier', 45, 122.084, 29.957, 'small', 3),
  pier('aoshan', '岙山码头', 'Aoshan pier', 29, 122.14, 29.966, 'small', 4),
  pier('changzhi', '长峙码头', 'Changzhi pier', 25, 122.172, 29.987, 'small', 3),
  pier('zhujiajian', '朱家尖蜈蚣峙码头', 'Wugongzhi pier, Zhujiajian', 6, 122.372, 29.957, 'passenger', 5),
  pier('zhangzhou', '朱家尖樟州码头', 'Zhangzhou pier, Zhujiajian', 6, 122.4, 29.85, 'small', 3),
  pier('putuoshan', '普陀山客运码头', 'Putuoshan pier', 16, 122.387, 29.973, 'passenger', 5),
  pier('baisha', '白沙码头', 'Baisha pier', 51, 122.448, 29.935, 'small', 3),
  pier('chaishan', '柴山码头', 'Chaishan landing', 81, 122.446, 29.951, 'small', 2.5),
  pier('hulu', '葫芦码头', 'Hulu pier', 70, 122.421, 30.029, 'small', 3),
  pier('lujiazhi', '鲁家峙码头', 'Lujiazhi pier', 44, 122.286, 29.94, 'small', 4),
  pier('xiaogan', '小干码头', 'Xiaogan pier', 35, 122.235, 29.962, 'small', 4),
  pier('liangheng', '梁横码头', 'Liangheng pier', 54, 122.284, 30.078, 'small', 3),
  pier('dengbu', '登步码头', 'Dengbu ramp', 17, 122.3, 29.884, 'ramp', 3.5, 1.2),
  pier('mayi', '蚂蚁岛码头', 'Mayi pier', 49, 122.257, 29.879, 'passenger', 3.5),
  pier('taohua', '桃花茅草屋码头', 'Maocaowu ramp, Taohua', 8, 122.282, 29.85, 'ramp', 4),
  pier('taohua-sha-ao', '桃花沙岙码头', "Sha'ao pier, Taohua", 8, 122.24, 29.8, 'small', 3),
  pier('xiazhi', '虾峙栅棚码头', 'Zhapeng ramp, Xiazhi', 14, 122.216, 29.777, 'ramp', 4),
  pier('xiazhi-huangshi', '虾峙黄石码头', 'Huangshi pier, Xiazhi', 14, 122.29, 29.742, 'small', 3),
  pier('huni', '湖泥码头', 'Huni pier', 84, 122.226, 29.743, 'small', 3),
  pier('liuheng-sha-ao', '六横沙岙车渡码头', "Sha'ao ramp, Liuheng", 4, 122.068, 29.769, 'ramp', 5),
  pier('liuheng-dajiao', '六横大岙码头', "Da'ao pier, Liuheng", 4, 122.12, 29.77, 'passenger', 5),
  pier('taimen', '六横台门码头', 'Taimen pier, Liuheng', 4, 122.195, 29.695, 'small', 4),
  pier('xuanshan', '悬山码头', 'Xuanshan pier', 20, 122.208, 29.705, 'small', 3),
  pier('fodu', '佛渡码头', 'Fodu pier', 23, 122.036, 29.745, 'small', 3),
  pier('liangtan', '凉潭码头', 'Liangtan pier', 58, 122.182, 29.789, 'small', 4),
  pier('miaozihu', '庙子湖码头', 'Miaozihu pier', 41, 122.683, 30.187, 'passenger', 4),
  pier('miaozihu-spare', '庙子湖备用码头', 'Miaozihu spare pier', 41, 122.675, 30.2, 'small', 3),
  pier('qingbang', '青浜码头', 'Qingbang pier', 59, 122.7, 30.197, 'small', 3),
  pier('dongfushan', '东福山码头', 'Dongfushan pier', 36, 122.76, 30.143, 'small', 3),
  pier('huangxing', '黄兴码头', 'Huangxing pier', 43, 122.643, 30.193, 'small', 3),
  pier('gaoting', '高亭码头', 'Gaoting pier', 3, 122.207, 30.24, 'passenger', 5),
  pier('daishan-ramp', '岱山浪激渚车渡码头', 'Langjizhu ramp, Daishan', 3, 122.16, 30.238, 'ramp', 5),
  pier('dongsha', '东沙码头', 'Dongsha pier', 3, 122.125, 30.32, 'small', 3),
  pier('shuanghe', '双合码头', 'Shuanghe pier', 3, 122.083, 30.27, 'small', 3),
  pier('xiushan', '秀山码头', 'Xiushan ramp', 13, 122.148, 30.16, 'ramp', 4),
  pier('guanshan', '官山码头', 'Guanshan pier', 39, 122.176, 30.22, 'small', 4),
  pier('changtu', '长涂码头', 'Changtu ramp', 18, 122.29, 30.241, 'ramp', 4),
  pier('dachangtu', '大长涂码头', 'Dachangtu pier', 9, 122.3, 30.236, 'small', 4),
  pier('dayushan', '大鱼山码头', 'Dayushan pier', 24, 121.968, 30.294, 'small', 5),
  pier('qushan', '衢山岛斗码头', 'Daodou ramp, Qushan', 7, 122.345, 30.414, 'ramp', 5),
  pier('qushan-north', '衢山万良码头', 'Wanliang pier, Qushan', 7, 122.38, 30.475, 'small', 3),
  pier('shulang', '鼠浪湖码头', 'Shulanghu pier', 34, 122.452, 30.425, 'small', 5),
  pier('huangze', '黄泽山码头', 'Huangzeshan pier', 40, 122.325, 30.508, 'small', 4),
  pier('xiaoqu', '小衢山码头', 'Xiaoqushan pier', 50, 122.264, 30.515, 'small', 3),
  pier('lizhu', '泗礁李柱山码头', 'Lizhushan ramp, Sijiao', 11, 122.43, 30.712, 'ramp', 5),
  pier('caiyuan', '菜园码头', 'Caiyuan pier', 11, 122.456, 30.732, 'passenger', 4),
  pier('wulong', '五龙码头', 'Wulong pier', 11, 122.502, 30.725, 'small', 3),
  pier('jinji', '金鸡山码头', 'Jinjishan landing', 48, 122.455, 30.743, 'small', 3),
  pier('maji', '马迹山码头', 'Majishan pier', 61, 122.42, 30.682, 'small', 5),
  pier('huanglong', '黄龙码头', 'Huanglong pier', 22, 122.546, 30.663, 'passenger', 4),
  pier('xiaohuanglong', '小黄龙码头', 'Xiaohuanglong landing', 68, 122.538, 30.664, 'small', 2.5),
  pier('gouqi', '枸杞码头', 'Gouqi pier', 21, 122.76, 30.712, 'passenger', 4),
  pier('shengshan', '嵊山码头', 'Shengshan pier', 27, 122.815, 30.727, 'passenger', 4),
  pier('huaniao', '花鸟码头', 'Huaniao pier', 32, 122.672, 30.848, 'small', 3),
  pier('lvhua', '绿华码头', 'Lvhua pier', 57, 122.625, 30.818, 'small', 4),
  pier('donglvhua', '东绿华码头', 'Donglvhua pier', 60, 122.64, 30.818, 'small', 3),
  pier('bixia', '壁下码头', 'Bixia pier', 71, 122.779, 30.786, 'small', 3),
  pier('dayang', '大洋山码头', 'Dayangshan ramp', 30, 122.075, 30.596, 'ramp', 4),
  pier('xiaoyang', '小洋山码头', 'Xiaoyangshan ramp', 46, 122.058, 30.63, 'ramp', 5),
  pier('tanhu', '滩浒码头', 'Tanhu pier', 77, 121.622, 30.61, 'small', 3),
  pier('xugong', '徐公岛码头', 'Xugong landing', 62, 122.28, 30.64, 'small', 2.5),
  pier('nansha', '朱家尖南沙滩头', 'Nansha beach, Zhujiajian', 6, 122.41, 29.888, 'beach', 1, 2.5),
  pier('jihu', '泗礁基湖滩头', 'Jihu beach, Sijiao', 11, 122.475, 30.735, 'beach', 1, 2.5),
  pier('taohua-tawan', '桃花塔湾滩头', 'Tawan beach, Taohua', 8, 122.3, 29.8, 'beach', 1),
  pier('xiushan-jiuzi', '秀山九子沙滩', 'Jiuzi beach, Xiushan', 13, 122.2, 30.18, 'beach', 1),
];

/** Open grounds where a helicopter may be set down, approximate. */
export const HELIPADS: readonly {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly mass: number;
  readonly at: Spot;
}[] = [
  { id: 'helipad-zhujiajian', zh: '朱家尖起降点', en: 'Zhujiajian landing ground', mass: 6, at: [122.36, 29.932] },
  { id: 'helipad-lincheng', zh: '临城起降点', en: 'Lincheng landing ground', mass: 2, at: [122.18, 29.995] },
  { id: 'helipad-gaoting', zh: '高亭起降点', en: 'Gaoting landing ground', mass: 3, at: [122.19, 30.26] },
  { id: 'helipad-caiyuan', zh: '菜园起降点', en: 'Caiyuan landing ground', mass: 11, at: [122.465, 30.722] },
  { id: 'helipad-miaozihu', zh: '庙子湖起降点', en: 'Miaozihu landing ground', mass: 41, at: [122.68, 30.2] },
  { id: 'helipad-liuheng', zh: '六横起降点', en: 'Liuheng landing ground', mass: 4, at: [122.13, 29.74] },
  { id: 'helipad-qushan', zh: '衢山起降点', en: 'Qushan landing ground', mass: 7, at: [122.34, 30.445] },
  { id: 'helipad-gouqi', zh: '枸杞起降点', en: 'Gouqi landing ground', mass: 21, at: [122.765, 30.715] },
  { id: 'helipad-huaniao', zh: '花鸟起降点', en: 'Huaniao landing ground', mass: 32, at: [122.678, 30.852] },
];

/** English names of the islands by their Chinese name, without the word for island. */
export const ISLAND_EN: Readonly<Record<string, string>> = {
  舟山岛: 'Zhoushan',
  岱山岛: 'Daishan',
  六横岛: 'Liuheng',
  金塘岛: 'Jintang',
  朱家尖岛: 'Zhujiajian',
  衢山岛: 'Qushan',
  桃花岛: 'Taohua',
  大长涂山岛: 'Dachangtu',
  泗礁山岛: 'Sijiao',
  秀山岛: 'Xiushan',
  虾峙岛: 'Xiazhi',
  册子岛: 'Cezi',
  普陀山岛: 'Putuoshan',
  登步岛: 'Dengbu',
  小长涂山岛: 'Xiaochangtu',
  长白岛: 'Changbai',
  悬山岛: 'Xuanshan',
  枸杞岛: 'Gouqi',
  大黄龙岛: 'Dahuanglong',
  佛渡岛: 'Fodu',
  大鱼山岛: 'Dayushan',
  长峙岛: 'Changzhi',
  大猫岛: 'Damao',
  嵊山岛: 'Shengshan',
  岙山岛: 'Aoshan',
  大洋山岛: 'Dayangshan',
  大鹏山岛: 'Dapengshan',
  花鸟山岛: 'Huaniao',
  盘峙岛: 'Panzhi',
  鼠浪湖岛: 'Shulanghu',
  小干岛: 'Xiaogan',
  东福山岛: 'Dongfushan',
  官山岛: 'Guanshan',
  黄泽山岛: 'Huangzeshan',
  庙子湖岛: 'Miaozihu',
  大西寨岛: 'Daxizhai',
  黄兴岛: 'Huangxing',
  鲁家峙岛: 'Lujiazhi',
  摘箬山岛: 'Zhairuoshan',
  小洋山岛: 'Xiaoyangshan',
  金鸡山岛: 'Jinjishan',
  蚂蚁岛: 'Mayi',
  小衢山岛: 'Xiaoqushan',
  白沙山岛: 'Baishashan',
  梁横山岛: 'Lianghengshan',
  西绿华岛: 'Xilvhua',
  凉潭岛: 'Liangtan',
  青浜岛: 'Qingbang',
  东绿华岛: 'Donglvhua',
  马迹山岛: 'Majishan',
  徐公岛: 'Xugong',
  里钓山岛: 'Lidiaoshan',
  东白莲岛: 'Dongbailian',
  小黄龙岛: 'Xiaohuanglong',
  富翅岛: 'Fuchi',
  葫芦岛: 'Hulu',
  壁下山岛: 'Bixiashan',
  西白莲岛: 'Xibailian',
  滩浒岛: 'Tanhu',
  柴山岛: 'Chaishan',
  西福山岛: 'Xifushan',
  湖泥岛: 'Huni',
  悬鹁鸪岛: 'Xuanbogu',
};

export const DISTRICT_EN: Readonly<Record<string, string>> = {
  '330902': 'Dinghai District',
  '330903': 'Putuo District',
  '330921': 'Daishan County',
  '330922': 'Shengsi County',
};
