/**
 * Texts to begin a chase with. They go to Vietnamese offices whatever language the desk is read in, so they are not in the catalogues; the
 * names of the templates are (`chase.template.<id>`).
 */
export const CHASE_TEXTS = [
  {
    id: 'overdue',
    text:
      'Đề nghị đơn vị khẩn trương giải quyết các hồ sơ đã quá hạn nêu dưới đây, trả kết quả cho người dân, doanh nghiệp; báo cáo ' +
      'nguyên nhân chậm và thời hạn hoàn thành từng hồ sơ.',
  },
  {
    id: 'due_soon',
    text:
      'Các hồ sơ nêu dưới đây sắp đến hạn trả kết quả. Đề nghị đơn vị rà soát, tập trung giải quyết, bảo đảm trả kết quả đúng hạn; ' +
      'trường hợp có vướng mắc thì báo cáo ngay.',
  },
  {
    id: 'apology',
    text:
      'Đề nghị đơn vị giải quyết các hồ sơ quá hạn nêu dưới đây; gửi phiếu xin lỗi và hẹn lại ngày trả kết quả cho người nộp hồ sơ ' +
      'nếu chưa gửi; báo cáo kết quả thực hiện.',
  },
  {
    id: 'explain',
    text:
      'Đề nghị đơn vị giải trình nguyên nhân các hồ sơ nêu dưới đây chưa được giải quyết, nêu rõ bộ phận đang giữ hồ sơ và thời điểm ' +
      'dự kiến trả kết quả.',
  },
] as const;
