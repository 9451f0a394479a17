import type { Text } from '../schema/unit-tree.ts';

/** The groups of the index, in its order. Online services and payment are two halves of one group of 22 points. */
export const GROUPS_766 = [
  { id: '1', name: { vi: 'Công khai, minh bạch', en: 'Openness' } },
  { id: '2', name: { vi: 'Tiến độ giải quyết', en: 'Progress' } },
  { id: '3a', name: { vi: 'Dịch vụ công trực tuyến', en: 'Online services' } },
  { id: '3b', name: { vi: 'Thanh toán trực tuyến', en: 'Online payment' } },
  { id: '4', name: { vi: 'Số hóa hồ sơ', en: 'Digitisation' } },
  { id: '5', name: { vi: 'Mức độ hài lòng', en: 'Satisfaction' } },
] as const satisfies readonly { id: string; name: Text }[];

/**
 * The parts of the index of Quyết định 766/QĐ-TTg (23/6/2022) that bring points, 100 in all. Points are `most` for a rate of `full_at` and above,
 * and in proportion below. 2.2 (average time) and 5.1 bring none. What is not certain is said in the definition.
 */
export const PARTS_766 = [
  {
    id: '1.1',
    group: '1',
    most: 4,
    full_at: 1,
    name: { vi: 'Thủ tục công bố đúng hạn', en: 'Procedures announced in time' },
    definition: {
      vi: 'Số thủ tục được công bố đúng hạn (tỉnh: trước ngày có hiệu lực ít nhất 5 ngày làm việc) trên số thủ tục công bố trong kỳ.',
      en: 'Procedures announced in time (a province: at least 5 working days before they take effect) out of those announced in the period.',
    },
  },
  {
    id: '1.2',
    group: '1',
    most: 4,
    full_at: 1,
    name: { vi: 'Thủ tục công khai đúng hạn', en: 'Procedures published in time' },
    definition: {
      vi: 'Số thủ tục được cập nhật, công khai không quá 5 ngày làm việc sau quyết định công bố trên số thủ tục phải công khai trong kỳ.',
      en: 'Procedures published not later than 5 working days after the decision out of those to be published in the period.',
    },
  },
  {
    id: '1.3',
    group: '1',
    most: 4,
    full_at: 1,
    name: { vi: 'Thủ tục công khai đủ nội dung', en: 'Procedures published in full' },
    definition: {
      vi: 'Số thủ tục có đủ 7 nội dung bắt buộc trên tổng số thủ tục.',
      en: 'Procedures with all 7 mandatory parts out of all.',
    },
  },
  {
    id: '1.4',
    group: '1',
    most: 6,
    full_at: 1,
    name: { vi: 'Hồ sơ đồng bộ lên Cổng quốc gia', en: 'Dossiers synchronised with the national portal' },
    definition: {
      vi: 'Số hồ sơ đã đồng bộ trên số lớn hơn trong hai số: hồ sơ đã báo cáo và hồ sơ trên Cổng Dịch vụ công quốc gia.',
      en: 'Dossiers synchronised out of the greater of those reported and those on the national portal.',
    },
  },
  {
    id: '2.1',
    group: '2',
    most: 20,
    full_at: 1,
    name: { vi: 'Hồ sơ giải quyết đúng hạn', en: 'Dossiers settled in time' },
    definition: {
      vi: 'Số hồ sơ đúng hạn theo quy tắc 766 trên số hồ sơ kết thúc trong kỳ cộng số hồ sơ đang giải quyết ở cuối kỳ; hồ sơ chưa xong so với thời điểm cuối kỳ. Hồ sơ không có hạn thì không tính.',
      en: 'Dossiers in time by rule 766 out of those ended in the period and those open at its end; what is not finished is compared with the end of the period. Dossiers without a promise do not count.',
    },
  },
  {
    id: '3.1',
    group: '3a',
    most: 2,
    full_at: 0.8,
    name: { vi: 'Thủ tục cung cấp trực tuyến', en: 'Procedures offered online' },
    definition: {
      vi: 'Số thủ tục cung cấp dịch vụ công trực tuyến một phần hoặc toàn trình trên tổng số thủ tục. Đủ điểm từ 80 %.',
      en: 'Procedures offered online, in part or in full, out of all. Full marks from 80 %.',
    },
  },
  {
    id: '3.2',
    group: '3a',
    most: 4,
    full_at: 1,
    name: { vi: 'Dịch vụ công trực tuyến có hồ sơ', en: 'Online services with dossiers' },
    definition: {
      vi: 'Số dịch vụ công trực tuyến có phát sinh hồ sơ trên số dịch vụ công trực tuyến.',
      en: 'Online services that were used out of those offered.',
    },
  },
  {
    id: '3.3',
    group: '3a',
    most: 6,
    full_at: 0.5,
    name: { vi: 'Hồ sơ nộp trực tuyến', en: 'Dossiers filed online' },
    definition: {
      vi: 'Số hồ sơ nộp trực tuyến và có kết quả điện tử trên số hồ sơ tiếp nhận trong kỳ, nhân với tỷ lệ đồng bộ (1.4); chưa có 1.4 thì chưa nhân. Đủ điểm từ 50 %.',
      en: 'Dossiers filed online with an electronic result out of those accepted in the period, times the rate of synchronisation (1.4); not multiplied while 1.4 is missing. Full marks from 50 %.',
    },
  },
  {
    id: '3.4',
    group: '3b',
    most: 2,
    full_at: 0.8,
    name: { vi: 'Thủ tục có giao dịch thanh toán trực tuyến', en: 'Procedures paid for online' },
    definition: {
      vi: 'Số thủ tục có phát sinh thanh toán trực tuyến trên số thủ tục có yêu cầu nghĩa vụ tài chính. Nguồn nêu mức đủ điểm từ 50 % đến 80 %, ở đây lấy 80 %.',
      en: 'Procedures that were paid for online out of those with fees. Sources name 50 % to 80 % for full marks; 80 % is taken here.',
    },
  },
  {
    id: '3.5',
    group: '3b',
    most: 2,
    full_at: 0.8,
    name: { vi: 'Thủ tục tích hợp thanh toán trực tuyến', en: 'Procedures with online payment' },
    definition: {
      vi: 'Số thủ tục tích hợp thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia trên số thủ tục có yêu cầu nghĩa vụ tài chính. Nguồn nêu mức đủ điểm từ 50 % đến 80 %, ở đây lấy 80 %.',
      en: 'Procedures integrated with online payment on the national portal out of those with fees. Sources name 50 % to 80 % for full marks; 80 % is taken here.',
    },
  },
  {
    id: '3.6',
    group: '3b',
    most: 6,
    full_at: 0.3,
    name: { vi: 'Hồ sơ thanh toán trực tuyến', en: 'Dossiers paid online' },
    definition: {
      vi: 'Số hồ sơ thanh toán trực tuyến trên số hồ sơ có phí, lệ phí lớn hơn 0, trong số hồ sơ tiếp nhận trong kỳ. Đủ điểm từ 30 %.',
      en: 'Dossiers paid online out of those with a fee above 0, of those accepted in the period. Full marks from 30 %.',
    },
  },
  {
    id: '4.1',
    group: '4',
    most: 6,
    full_at: 1,
    name: { vi: 'Hồ sơ có kết quả điện tử', en: 'Dossiers with an electronic result' },
    definition: {
      vi: 'Số hồ sơ có kết quả điện tử trên số hồ sơ đã giải quyết trong kỳ.',
      en: 'Dossiers with an electronic result out of those finished in the period.',
    },
  },
  {
    id: '4.2',
    group: '4',
    most: 4,
    full_at: 0.8,
    name: { vi: 'Hồ sơ được số hóa', en: 'Dossiers digitised' },
    definition: {
      vi: 'Số hồ sơ có thành phần và kết quả được số hóa trên số hồ sơ đã giải quyết trong kỳ. Đủ điểm từ 80 %.',
      en: 'Dossiers with papers and result digitised out of those finished in the period. Full marks from 80 %.',
    },
  },
  {
    id: '4.3',
    group: '4',
    most: 2,
    full_at: 0.8,
    name: { vi: 'Hồ sơ tái sử dụng giấy tờ', en: 'Dossiers that reuse papers' },
    definition: {
      vi: 'Số hồ sơ có ít nhất một thành phần tái sử dụng dữ liệu số hóa trên số hồ sơ tiếp nhận trong kỳ. Đủ điểm từ 80 %.',
      en: 'Dossiers with at least one paper taken from what was digitised before out of those accepted in the period. Full marks from 80 %.',
    },
  },
  {
    id: '4.4',
    group: '4',
    most: 5,
    full_at: 1,
    name: { vi: 'Hồ sơ dùng dữ liệu chia sẻ', en: 'Dossiers on shared data' },
    definition: {
      vi: 'Số hồ sơ có giấy tờ lấy từ kho dữ liệu dùng chung trên số hồ sơ tiếp nhận trong kỳ. Nguồn nêu 10 điểm cho cả 4.4 và 4.5, ở đây chia đôi.',
      en: 'Dossiers with papers from the shared store out of those accepted in the period. Sources name 10 points for 4.4 and 4.5 together; they are halved here.',
    },
  },
  {
    id: '4.5',
    group: '4',
    most: 5,
    full_at: 1,
    name: { vi: 'Hồ sơ xác thực VNeID', en: 'Dossiers authenticated by VNeID' },
    definition: {
      vi: 'Số hồ sơ của tài khoản đã xác thực với VNeID trên số hồ sơ tiếp nhận trong kỳ. Nguồn nêu 10 điểm cho cả 4.4 và 4.5, ở đây chia đôi.',
      en: 'Dossiers of accounts authenticated by VNeID out of those accepted in the period. Sources name 10 points for 4.4 and 4.5 together; they are halved here.',
    },
  },
  {
    id: '5.2',
    group: '5',
    most: 6,
    full_at: 1,
    name: { vi: 'Phản ánh, kiến nghị xử lý đúng hạn', en: 'Petitions answered in time' },
    definition: {
      vi: 'Số phản ánh, kiến nghị được trả lời đúng hạn (15 ngày làm việc) trên số phải trả lời trong kỳ. Nguồn nêu 12 điểm cho cả 5.2 và 5.3, ở đây chia đôi.',
      en: 'Petitions answered in time (15 working days) out of those to be answered in the period. Sources name 12 points for 5.2 and 5.3 together; they are halved here.',
    },
  },
  {
    id: '5.3',
    group: '5',
    most: 6,
    full_at: 1,
    name: { vi: 'Hài lòng với xử lý phản ánh, kiến nghị', en: 'Satisfaction with answers to petitions' },
    definition: {
      vi: 'Số phản ánh, kiến nghị không quá hạn và không bị đánh giá không hài lòng trên tổng số. Nguồn nêu 12 điểm cho cả 5.2 và 5.3, ở đây chia đôi.',
      en: 'Petitions neither overdue nor disliked out of all. Sources name 12 points for 5.2 and 5.3 together; they are halved here.',
    },
  },
  {
    id: '5.4',
    group: '5',
    most: 6,
    full_at: 0.9,
    name: { vi: 'Hài lòng với giải quyết thủ tục', en: 'Satisfaction with procedures' },
    definition: {
      vi: '100 % trừ tỷ lệ hồ sơ quá hạn (2.1) và tỷ lệ hồ sơ bị phản ánh, kiến nghị (nhập tay: số hồ sơ bị phản ánh trên số hồ sơ tiếp nhận). Đủ điểm từ 90 %.',
      en: '100 % less the share of overdue dossiers (2.1) and of those complained about (by hand: dossiers complained about out of those accepted). Full marks from 90 %.',
    },
  },
] as const satisfies readonly {
  id: string;
  group: Group766Id;
  /** Points of full marks. */
  most: number;
  /** The rate, 0 to 1, from which on there are full marks. */
  full_at: number;
  name: Text;
  definition: Text;
}[];

export type Group766Id = (typeof GROUPS_766)[number]['id'];
export type Part766Id = (typeof PARTS_766)[number]['id'];
