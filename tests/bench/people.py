# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up people and their dossiers, as different from each other as real ones; the same for a seed."""

import random

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Phan Trương Đinh Đoàn Mai".split()
MIDDLES = "Thị Văn Hữu Đức Thanh Ngọc Minh Quốc Xuân Kim Thu Gia Bảo Hồng Phương Anh Công Đình Tuấn Quang".split()
GIVEN = (
    "An Ánh Bình Châu Cường Diễm Dũng Đạt Điệp Giang Hà Hằng Hiếu Hoà Huệ Hùng Hương Khánh Khuê Lan Liên Long Lựu Mai "
    "Mỹ Nga Ngân Nghĩa Ngữ Nhung Oanh Phúc Phượng Quân Quỳnh Sáu Sơn Tâm Thảo Thuỷ Tiến Toàn Trang Trường Tú Uyên Vân "
    "Vượng Xuyến Yến"
).split()
HAMLETS = "Đại An|Phú Lộc|Tân Thạnh|Hoà Bình|Vĩnh Phước|Trung Nghĩa|Bàu Sen|Cây Gòn|Mỹ Hoà|Đông Xuân|Lạc Thành|Suối Đá".split("|")
SUBJECTS = (
    "Đăng ký khai sinh cho con {name}|Xin cấp giấy xác nhận tình trạng hôn nhân để đăng ký kết hôn với {name}|"
    "Xin bản sao trích lục khai sinh của {name}|Xin xác nhận tình trạng hôn nhân để chuyển nhượng thửa đất số {n}|"
    "Khai tử cho ông {name}|Chứng thực {n} bản sao bằng tốt nghiệp"
).split("|")
PROCEDURES = ("1.001193", "1.004873", "2.000635", "1.000656", "2.000815", "1.004222")


def name(dice):
    return " ".join((dice.choice(SURNAMES), dice.choice(MIDDLES), dice.choice(GIVEN)))


def dossier(dice):
    year, month, day = dice.randint(1946, 2006), dice.randint(1, 12), dice.randint(1, 28)
    sex = dice.choice(("male", "female"))
    century = (0 if sex == "male" else 1) + (2 if year >= 2000 else 0)
    return {
        "procedure": dice.choice(PROCEDURES),
        "applicant": {
            "name": name(dice),
            "id": f"0{dice.randint(1, 96):02d}{century}{year % 100:02d}{dice.randint(0, 999999):06d}",
            "dob": f"{year}-{month:02d}-{day:02d}",
            "sex": sex,
            "address": f"Số {dice.randint(1, 400)}, thôn {dice.choice(HAMLETS)}, xã Thử Nghiệm, thành phố Đà Nẵng",
        },
        "contact": {"phone": f"09{dice.randint(0, 99999999):08d}", "email": f"cd{dice.randint(0, 9999999)}@example.vn"},
        "subject": dice.choice(SUBJECTS).format(name=name(dice), n=dice.randint(1, 999)),
        "channel": dice.choice(("direct", "direct", "direct", "online", "post")),
    }


def dossiers(count, seed=20261121):
    dice = random.Random(seed)
    return [dossier(dice) for _ in range(count)]
