//! Streams of all distributions against digests of what NumPy 2.4 draws from `PCG64(2026)`: 500 numbers each.

use sharray_base::{DType, TypeNum, View, ViewMut};
use sharray_random::ahead::{Ahead, Handle};
use sharray_random::bits::{self, Held, Pcg64};
use sharray_random::bounded::{self, Method};
use sharray_random::integers::{Range, Slots, fill_within};
use sharray_random::table::{self, Distribution, Stream, by_name};
use sharray_random::{Value, draw, dtype_of, fill, parameter_dtype, permute, seed};

const COUNT: usize = 500;

/// Name, parameters, FNV-1a digest of the numbers' bytes.
const CASES: &[(&str, &[f64], u64)] = &[
    ("standard_gamma", &[0.0], 0x94eb5aa73e186ba5),
    ("legacy_standard_gamma", &[0.0], 0x94eb5aa73e186ba5),
    ("standard_gamma", &[0.1], 0x9119cd5e747d2ea6),
    ("legacy_standard_gamma", &[0.1], 0x033b8105028c3c57),
    ("standard_gamma", &[0.5], 0x1246e21ecd2fca44),
    ("legacy_standard_gamma", &[0.5], 0x0401cc40c3c9e1af),
    ("standard_gamma", &[1.0], 0xd4958ba31f5d79fd),
    ("legacy_standard_gamma", &[1.0], 0x319dea6301be5ab0),
    ("standard_gamma", &[1.5], 0x33b140147ce154cd),
    ("legacy_standard_gamma", &[1.5], 0xb59aec7732cf2673),
    ("standard_gamma", &[3.0], 0xc4e599f0bb540d6f),
    ("legacy_standard_gamma", &[3.0], 0x3f3247f40def11b7),
    ("standard_gamma", &[100.0], 0xa06b05c9f268f680),
    ("legacy_standard_gamma", &[100.0], 0x4c3843324c8d5ed4),
    ("standard_gamma", &[1000000.0], 0xdf4932c6169cccc2),
    ("legacy_standard_gamma", &[1000000.0], 0x1918d858f8b54ecb),
    ("standard_gamma", &[1e-05], 0x6b614400651a5a29),
    ("legacy_standard_gamma", &[1e-05], 0x39597d4a883c3789),
    ("gamma", &[0.5, 2.0], 0xa51d10a42475e3f7),
    ("legacy_gamma", &[0.5, 2.0], 0x8c271a5f1c0b6fc2),
    ("gamma", &[3.0, 0.1], 0x8f2785ffbb563a45),
    ("legacy_gamma", &[3.0, 0.1], 0xd1fb3023eec16253),
    ("beta", &[0.1, 0.2], 0x748ad7f69c375601),
    ("legacy_beta", &[0.1, 0.2], 0x748ad7f69c375601),
    ("beta", &[0.5, 0.5], 0xf91fd092a5af4ac4),
    ("legacy_beta", &[0.5, 0.5], 0xf91fd092a5af4ac4),
    ("beta", &[1.0, 1.0], 0xc49183b91ae972a7),
    ("legacy_beta", &[1.0, 1.0], 0xc49183b91ae972a7),
    ("beta", &[1.0, 2.0], 0xa55d0008630ae33c),
    ("legacy_beta", &[1.0, 2.0], 0x412ec2df99a60e56),
    ("beta", &[3.0, 0.4], 0x4cc9ab020d8e0316),
    ("legacy_beta", &[3.0, 0.4], 0x1ba3015b1fd63837),
    ("beta", &[1e-110, 1e-110], 0x4b06db2d5fc50a85),
    ("legacy_beta", &[1e-110, 1e-110], 0xacf4e04d5ef88a18),
    ("beta", &[1e-05, 0.0001], 0x1f2a05f1d6ae3e44),
    ("legacy_beta", &[1e-05, 0.0001], 0x1f2a05f1d6ae3e44),
    ("beta", &[20.0, 30.0], 0xc103de40f95a8fa9),
    ("legacy_beta", &[20.0, 30.0], 0xc531210bf473ff74),
    ("beta", &[1e-200, 1e-200], 0x4b06db2d5fc50a85),
    ("legacy_beta", &[1e-200, 1e-200], 0xacf4e04d5ef88a18),
    ("beta", &[1e-20, 1e-20], 0xacf4e04d5ef88a18),
    ("legacy_beta", &[1e-20, 1e-20], 0xacf4e04d5ef88a18),
    ("chisquare", &[1.0], 0xa51d10a42475e3f7),
    ("legacy_chisquare", &[1.0], 0x8c271a5f1c0b6fc2),
    ("chisquare", &[2.0], 0x4f2f354c730234b9),
    ("legacy_chisquare", &[2.0], 0x34701a3ef86046ad),
    ("chisquare", &[3.5], 0xea1819c3c310a689),
    ("legacy_chisquare", &[3.5], 0x357ce9bebc884c0b),
    ("chisquare", &[0.3], 0x844d5c1897bac933),
    ("legacy_chisquare", &[0.3], 0xaef0b2b2e0390e36),
    ("f", &[1.0, 2.0], 0x8db7119908f74696),
    ("legacy_f", &[1.0, 2.0], 0xe629ff5dc79f977b),
    ("f", &[3.0, 4.5], 0x227b0aba903c89a4),
    ("legacy_f", &[3.0, 4.5], 0xb0e6ed0c283be6ed),
    ("f", &[10.0, 0.5], 0x7eeaa1faabac1bea),
    ("legacy_f", &[10.0, 0.5], 0x5a60d613bc98e6a5),
    ("standard_t", &[1.0], 0x84de9b2db023100b),
    ("legacy_standard_t", &[1.0], 0xe469b86576764375),
    ("standard_t", &[3.3], 0x8a0e462dd09f36c0),
    ("legacy_standard_t", &[3.3], 0x58490f9637148a93),
    ("standard_t", &[50.0], 0x4d5b3221d998d4b6),
    ("legacy_standard_t", &[50.0], 0x980c7c797614de44),
    ("noncentral_chisquare", &[0.5, 1.0], 0x692450b4604f544b),
    ("legacy_noncentral_chisquare", &[0.5, 1.0], 0x26c860c4cb7d4afc),
    ("noncentral_chisquare", &[1.0, 1.0], 0x4317827e845c7824),
    ("legacy_noncentral_chisquare", &[1.0, 1.0], 0xafd06786e878bbc3),
    ("noncentral_chisquare", &[3.0, 2.0], 0x7f8baf9ecd2f941d),
    ("legacy_noncentral_chisquare", &[3.0, 2.0], 0xfa1717d21ddd98bd),
    ("noncentral_chisquare", &[3.0, 0.0], 0xfe11220483e2ec94),
    ("legacy_noncentral_chisquare", &[3.0, 0.0], 0x7bcaed59c1288c47),
    ("noncentral_chisquare", &[0.5, 50.0], 0x601f4cd250c7e92f),
    ("legacy_noncentral_chisquare", &[0.5, 50.0], 0xd5bf076dc561db11),
    ("noncentral_f", &[3.0, 4.0, 1.0], 0xaea7aee1a12fa19b),
    ("legacy_noncentral_f", &[3.0, 4.0, 1.0], 0x5a8fcccbf2e1b6a6),
    ("noncentral_f", &[0.5, 4.0, 20.0], 0x5f2c3ceda4807c24),
    ("legacy_noncentral_f", &[0.5, 4.0, 20.0], 0x76f0fe328e8a2717),
    ("noncentral_f", &[3.0, 4.0, 0.0], 0x03d5f64c20319db9),
    ("legacy_noncentral_f", &[3.0, 4.0, 0.0], 0x07b9bd9d836577c1),
    ("standard_cauchy", &[], 0xd4d2629ed7c13ffc),
    ("legacy_standard_cauchy", &[], 0xd111acd2abe9c012),
    ("pareto", &[1.0], 0x06634c26b0df331a),
    ("legacy_pareto", &[1.0], 0x13e63daecb58be3e),
    ("pareto", &[3.0], 0x5a45c2549731a242),
    ("legacy_pareto", &[3.0], 0x044112686ba80278),
    ("pareto", &[0.1], 0xfb71778b8e1f5f57),
    ("legacy_pareto", &[0.1], 0xbe9a848834590fb1),
    ("weibull", &[0.0], 0x94eb5aa73e186ba5),
    ("legacy_weibull", &[0.0], 0x94eb5aa73e186ba5),
    ("weibull", &[0.5], 0xc37a08077e7a86af),
    ("legacy_weibull", &[0.5], 0x551c0d6040aacd55),
    ("weibull", &[3.0], 0x3fab70459ea17208),
    ("legacy_weibull", &[3.0], 0xd7d1c4db8a5820a6),
    ("power", &[1.0], 0x35bc619aad4ae99c),
    ("legacy_power", &[1.0], 0x797310490872b8ba),
    ("power", &[0.1], 0xa31e5134318bdb75),
    ("legacy_power", &[0.1], 0x84671e06cb087e5d),
    ("power", &[4.0], 0x6599e7da8b0f4c5d),
    ("legacy_power", &[4.0], 0x16be08bf132736ce),
    ("laplace", &[0.0, 1.0], 0xd8e11a2acd5a731a),
    ("laplace", &[1.0, 3.0], 0xd20a15d1afa03a6a),
    ("gumbel", &[0.0, 1.0], 0xedb833b11f90413c),
    ("gumbel", &[1.0, 3.0], 0x22301ae05524fed3),
    ("logistic", &[0.0, 1.0], 0x9e02ca1784154877),
    ("logistic", &[1.0, 3.0], 0xcbb96694597c3057),
    ("lognormal", &[0.0, 1.0], 0x04806c5af674ae6a),
    ("legacy_lognormal", &[0.0, 1.0], 0x070443beb87b2238),
    ("lognormal", &[1.0, 0.2], 0xace6140151791ea3),
    ("legacy_lognormal", &[1.0, 0.2], 0x2d61138246d4da5c),
    ("rayleigh", &[1.0], 0x042460fa01063d5a),
    ("legacy_rayleigh", &[1.0], 0xb7be8b97f75b8aa7),
    ("rayleigh", &[4.0], 0xe8b0e6e01cae5756),
    ("legacy_rayleigh", &[4.0], 0x06a8839f0c25196a),
    ("wald", &[1.0, 1.0], 0x3b19daa82863d69b),
    ("legacy_wald", &[1.0, 1.0], 0x82b28b9c3f80c4bb),
    ("wald", &[3.0, 0.5], 0x494145868f6223ec),
    ("legacy_wald", &[3.0, 0.5], 0x07a753458b2752f4),
    ("wald", &[0.01, 100.0], 0x0bb1feaf0940c99a),
    ("legacy_wald", &[0.01, 100.0], 0x54847793c4380be0),
    ("wald", &[100.0, 0.01], 0xdae63b5a0f9da523),
    ("legacy_wald", &[100.0, 0.01], 0xcf50ac3191d079a4),
    ("wald", &[1000.0, 5.0], 0x12d4c7ae3cc1dbc0),
    ("legacy_wald", &[1000.0, 5.0], 0xb3a8bdd64fe08af4),
    ("vonmises", &[0.0, 1.0], 0x00b41657b633a058),
    ("legacy_vonmises", &[0.0, 1.0], 0x00b41657b633a058),
    ("vonmises", &[1.0, 4.0], 0x804c44039423d337),
    ("legacy_vonmises", &[1.0, 4.0], 0x804c44039423d337),
    ("vonmises", &[0.0, 1e-09], 0x91c8645dae58b37d),
    ("legacy_vonmises", &[0.0, 1e-09], 0x91c8645dae58b37d),
    ("vonmises", &[0.0, 1e-06], 0x45add4be578f9d59),
    ("legacy_vonmises", &[0.0, 1e-06], 0x45add4be578f9d59),
    ("vonmises", &[2.0, 100.0], 0x631e86ee607f4917),
    ("legacy_vonmises", &[2.0, 100.0], 0x631e86ee607f4917),
    ("vonmises", &[1.0, 10000000.0], 0x832111768a433f26),
    ("legacy_vonmises", &[1.0, 10000000.0], 0xcd9bdf1001c4f96b),
    ("vonmises", &[3.0, 100000.0], 0x04f37d519c8bf3be),
    ("legacy_vonmises", &[3.0, 100000.0], 0x04f37d519c8bf3be),
    ("vonmises", &[-2.0, 0.3], 0xdf8de3a4dda3efa3),
    ("legacy_vonmises", &[-2.0, 0.3], 0xdf8de3a4dda3efa3),
    ("triangular", &[0.0, 1.0, 2.0], 0x9d60a673f11b38e4),
    ("triangular", &[-1.0, 5.0, 6.0], 0x13afcfce0e143f92),
    ("triangular", &[0.0, 0.0, 1.0], 0xc9d05b5429c3e3ba),
    ("triangular", &[0.0, 1.0, 1.0], 0x250c878e51f23764),
    ("poisson", &[0.0], 0x94eb5aa73e186ba5),
    ("poisson", &[0.1], 0x367db455616851c5),
    ("poisson", &[3.0], 0xc884d05324a6f861),
    ("poisson", &[9.99], 0x67744fa0a5e09c86),
    ("poisson", &[10.0], 0x601160179ef9eb75),
    ("poisson", &[12.5], 0xd5386c0959a63761),
    ("poisson", &[100.0], 0xb05ec075292b437b),
    ("poisson", &[100000.0], 0x9f126f7372ed52c4),
    ("poisson", &[10000000000.0], 0xa891255e743aa74c),
    ("poisson", &[1000000000000000.0], 0x97618e2557679cd3),
    ("negative_binomial", &[1.0, 0.5], 0x5757ac02620e6d6e),
    ("legacy_negative_binomial", &[1.0, 0.5], 0x8eb430413f24e025),
    ("negative_binomial", &[10.0, 0.1], 0x92577c959d38a14c),
    ("legacy_negative_binomial", &[10.0, 0.1], 0x7271d6af0b9b2755),
    ("negative_binomial", &[3.3, 0.9], 0x17127a1a57da7ca6),
    ("legacy_negative_binomial", &[3.3, 0.9], 0x7ff700f20068fcc0),
    ("negative_binomial", &[100.0, 0.01], 0x3ef3422f286156bb),
    ("legacy_negative_binomial", &[100.0, 0.01], 0xc59d84b3a3da3650),
    ("geometric", &[1.0], 0x3ac8d04226a7f865),
    ("legacy_geometric", &[1.0], 0x3ac8d04226a7f865),
    ("geometric", &[0.5], 0xb66b762a0556512f),
    ("legacy_geometric", &[0.5], 0xb66b762a0556512f),
    ("geometric", &[0.34], 0x11bd8fba21140f52),
    ("legacy_geometric", &[0.34], 0x11bd8fba21140f52),
    ("geometric", &[0.3333333], 0xb418c3c5dbbedc39),
    ("legacy_geometric", &[0.3333333], 0x79468736e3ce7817),
    ("geometric", &[0.1], 0x92966f1009f2daea),
    ("legacy_geometric", &[0.1], 0xbbdffa6193bb40d0),
    ("geometric", &[1e-05], 0x3c6c1398ca7b6995),
    ("legacy_geometric", &[1e-05], 0xa62455f56abbdc03),
    ("geometric", &[1e-18], 0xe2e1b645bff0973a),
    ("legacy_geometric", &[1e-18], 0x4c9190e6070c6ba5),
    ("zipf", &[1.01], 0x031a2cea9518d99c),
    ("legacy_zipf", &[1.01], 0x5d65deb2a2a5a9e9),
    ("zipf", &[1.5], 0x6e4c1c50c040ebb3),
    ("legacy_zipf", &[1.5], 0x6e4c1c50c040ebb3),
    ("zipf", &[2.0], 0x41167c66bf43d2aa),
    ("legacy_zipf", &[2.0], 0x41167c66bf43d2aa),
    ("zipf", &[4.0], 0xe66b4ddab826f304),
    ("legacy_zipf", &[4.0], 0xe66b4ddab826f304),
    ("zipf", &[50.0], 0x3ac8d04226a7f865),
    ("legacy_zipf", &[50.0], 0x3ac8d04226a7f865),
    ("zipf", &[1000.0], 0x3ac8d04226a7f865),
    ("legacy_zipf", &[1000.0], 0x3ac8d04226a7f865),
    ("zipf", &[1.00001], 0x87fce9447bf5b080),
    ("legacy_zipf", &[1.00001], 0x148ae3f1bc3c2266),
    ("logseries", &[0.0], 0x3ac8d04226a7f865),
    ("logseries", &[0.1], 0x0f12dda4ea6d5684),
    ("logseries", &[0.5], 0xddb065f0ccc9b5a3),
    ("logseries", &[0.9], 0xbc2d36352d2f1550),
    ("logseries", &[0.999], 0xa891635ed2a0011a),
    ("logseries", &[0.99999999], 0xcc275d5805030bff),
    ("hypergeometric", &[5.0, 5.0, 3.0], 0x066b0125d6b35ce5),
    ("legacy_hypergeometric", &[5.0, 5.0, 3.0], 0xbe1760e00a64e167),
    ("hypergeometric", &[10.0, 20.0, 9.0], 0x25949f1f3cc45ac3),
    ("legacy_hypergeometric", &[10.0, 20.0, 9.0], 0x6bd026c34c805a44),
    ("hypergeometric", &[10.0, 20.0, 15.0], 0x5295e42fd483f82e),
    ("legacy_hypergeometric", &[10.0, 20.0, 15.0], 0x5295e42fd483f82e),
    ("hypergeometric", &[100.0, 50.0, 30.0], 0xe5cdae7d61002ff2),
    ("legacy_hypergeometric", &[100.0, 50.0, 30.0], 0xe5cdae7d61002ff2),
    ("hypergeometric", &[50.0, 100.0, 30.0], 0x10ff463381f8c4fc),
    ("legacy_hypergeometric", &[50.0, 100.0, 30.0], 0x10ff463381f8c4fc),
    ("hypergeometric", &[1000.0, 2000.0, 1500.0], 0x91b3feb2d6d356da),
    ("legacy_hypergeometric", &[1000.0, 2000.0, 1500.0], 0x91b3feb2d6d356da),
    ("hypergeometric", &[1000.0, 2000.0, 2900.0], 0x6e9e7c3f736406f8),
    ("legacy_hypergeometric", &[1000.0, 2000.0, 2900.0], 0x5b7e30e9a7c7efd3),
    ("hypergeometric", &[1.0, 0.0, 1.0], 0x3ac8d04226a7f865),
    ("legacy_hypergeometric", &[1.0, 0.0, 1.0], 0x3ac8d04226a7f865),
    ("hypergeometric", &[0.0, 5.0, 3.0], 0x94eb5aa73e186ba5),
    ("legacy_hypergeometric", &[0.0, 5.0, 3.0], 0x94eb5aa73e186ba5),
    ("hypergeometric", &[10.0, 10.0, 20.0], 0x1a44c29a287cec25),
    ("legacy_hypergeometric", &[10.0, 10.0, 20.0], 0x1a44c29a287cec25),
    ("hypergeometric", &[15.0, 15.0, 12.0], 0x59211c187b4eb0c4),
    ("legacy_hypergeometric", &[15.0, 15.0, 12.0], 0x59211c187b4eb0c4),
    ("hypergeometric", &[10000.0, 10.0, 5000.0], 0x7a707bf762a632d8),
    ("legacy_hypergeometric", &[10000.0, 10.0, 5000.0], 0x7a707bf762a632d8),
    ("hypergeometric", &[100000.0, 200000.0, 30.0], 0x266adaeb657ffcf3),
    ("legacy_hypergeometric", &[100000.0, 200000.0, 30.0], 0x266adaeb657ffcf3),
    ("hypergeometric", &[3.0, 1000.0, 500.0], 0x77fa3b85a2988685),
    ("legacy_hypergeometric", &[3.0, 1000.0, 500.0], 0x77fa3b85a2988685),
    ("binomial", &[0.0, 0.5], 0x94eb5aa73e186ba5),
    ("legacy_binomial", &[0.0, 0.5], 0x94eb5aa73e186ba5),
    ("binomial", &[10.0, 0.0], 0x94eb5aa73e186ba5),
    ("legacy_binomial", &[10.0, 0.0], 0x94eb5aa73e186ba5),
    ("binomial", &[10.0, 1.0], 0x1a44c29a287cec25),
    ("legacy_binomial", &[10.0, 1.0], 0x1a44c29a287cec25),
    ("binomial", &[10.0, 0.3], 0x28839eddb2640829),
    ("legacy_binomial", &[10.0, 0.3], 0x28839eddb2640829),
    ("binomial", &[10.0, 0.7], 0x9383691ec913732d),
    ("legacy_binomial", &[10.0, 0.7], 0x9383691ec913732d),
    ("binomial", &[100.0, 0.29], 0x857f84a3ac538126),
    ("legacy_binomial", &[100.0, 0.29], 0x857f84a3ac538126),
    ("binomial", &[100.0, 0.31], 0x3c0a30e83a8a3530),
    ("legacy_binomial", &[100.0, 0.31], 0x3c0a30e83a8a3530),
    ("binomial", &[100.0, 0.5], 0x0cdb58f3aaafa105),
    ("legacy_binomial", &[100.0, 0.5], 0x0cdb58f3aaafa105),
    ("binomial", &[1000.0, 0.5], 0x3392a8f510b9109e),
    ("legacy_binomial", &[1000.0, 0.5], 0x3392a8f510b9109e),
    ("binomial", &[1000.0, 0.9], 0xf1b7a07306bf7eed),
    ("legacy_binomial", &[1000.0, 0.9], 0xf1b7a07306bf7eed),
    ("binomial", &[1000000.0, 0.3], 0x52579c8da8d17d4f),
    ("legacy_binomial", &[1000000.0, 0.3], 0x52579c8da8d17d4f),
    ("binomial", &[1000000.0, 1e-06], 0x9502e8d0566eef60),
    ("legacy_binomial", &[1000000.0, 1e-06], 0x9502e8d0566eef60),
    ("binomial", &[1000000000.0, 0.01], 0xd20eb732001f51bf),
    ("legacy_binomial", &[1000000000.0, 0.01], 0xd20eb732001f51bf),
    ("binomial", &[1000000000.0, 0.7], 0xafea093a20b205d8),
    ("legacy_binomial", &[1000000000.0, 0.7], 0xafea093a20b205d8),
    ("binomial", &[1000000000000000.0, 0.5], 0xe4d462aa4e2fd087),
    ("legacy_binomial", &[1000000000000000.0, 0.5], 0xe4d462aa4e2fd087),
    ("binomial", &[60.0, 0.5], 0x9e3263368a0d179e),
    ("legacy_binomial", &[60.0, 0.5], 0x9e3263368a0d179e),
    ("binomial", &[61.0, 0.5], 0xb46a2f1fc3a04e4d),
    ("legacy_binomial", &[61.0, 0.5], 0xb46a2f1fc3a04e4d),
    ("exponential", &[2.0], 0x4f2f354c730234b9),
    ("legacy_exponential", &[2.0], 0x34701a3ef86046ad),
    ("normal", &[1.0, 2.0], 0x01296dc2649be348),
    ("legacy_normal", &[1.0, 2.0], 0x069258750012301d),
    ("standard_normal", &[], 0x93ff06f860a930b1),
    ("legacy_gauss", &[], 0xff4521bd9531a886),
    ("standard_exponential", &[], 0xd4958ba31f5d79fd),
    ("legacy_standard_exponential", &[], 0x319dea6301be5ab0),
];

fn digest(words: &[u64]) -> u64 {
    words
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .fold(0xcbf29ce484222325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100000001b3))
}

fn generator() -> Pcg64 {
    let words = seed::generate_u64(&seed::pool(&[2026], 4), 4);
    let wide = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
    Pcg64::seeded(wide(words[0], words[1]), wide(words[2], words[3]))
}

fn check(name: &str, parameters: &[f64], expected: u64) {
    let distribution = by_name(name).expect(name);
    let mut bits = generator();
    // SAFETY: `bits` outlives the stream and is not used otherwise.
    let mut stream = Stream::new(unsafe { Handle::of(&mut bits).into() });
    let values: Vec<(u64, DType)> = (0..parameters.len())
        .map(|i| match parameter_dtype(distribution, i) {
            TypeNum::Double => (parameters[i].to_bits(), DType::of(TypeNum::Double)),
            whole => (parameters[i] as i64 as u64, DType::of(whole)),
        })
        .collect();
    let mut out = [0u64; COUNT];
    let dtype = DType::of(dtype_of(distribution));
    // SAFETY: the output is dense; parameters are single words, read with stride 0.
    unsafe {
        let view = ViewMut::new(View::new(out.as_mut_ptr().cast(), &dtype, &[COUNT as isize], &[8]));
        let views: Vec<View<'_>> = values
            .iter()
            .map(|(word, dtype)| {
                View::new((word as *const u64).cast_mut().cast(), dtype, &[COUNT as isize], &[0])
            })
            .collect();
        fill(distribution, &mut stream, view, &views).expect(name);
    }
    assert_eq!(digest(&out), expected, "{name}{parameters:?} begins with {:x?}", &out[..3]);
}

#[test]
fn all_distributions() {
    CASES.iter().for_each(|&(name, parameters, expected)| check(name, parameters, expected));
}

/// Two generators of a kind in the same state, with half a word kept.
fn twins(name: &str) -> [Held; 2] {
    [(); 2].map(|()| {
        let mut held = bits::by_name(name).unwrap();
        let seeded =
            held.state().seed_int(7) || [4usize, 3, 6, 2].iter().any(|n| held.state().seed(&vec![12345; *n]));
        assert!(seeded, "{name}");
        held.state().next_u32();
        held
    })
}

const GENERATORS: [&str; 5] = ["PCG64", "PCG64DXSM", "SFC64", "Philox", "MT19937"];

/// Integers drawn in bulk are those drawn one by one, and leave the generator where these leave it.
#[test]
fn integers_in_bulk_as_one_by_one() {
    let ranges =
        [0u64, 1, 2, 99, 127, 128, 254, 255, 1000, 40_000, 65_534, 65_535, 3_000_000_000, u32::MAX.into()];
    let wide = [1 << 32, (1 << 63) + 5, u64::MAX - 1, u64::MAX];
    for (name, method) in GENERATORS.iter().flat_map(|name| [(name, Method::Mask), (name, Method::Multiply)])
    {
        let [mut one, mut many] = twins(name);
        let (mut bits, mut ahead) = (one.bits().bits, Ahead::from(many.bits()));
        for (count, most) in
            [0usize, 1, 3, 4, 7, 64, 1001].iter().flat_map(|n| ranges.iter().map(move |m| (*n, *m)))
        {
            let range = Range { low: 3, most, method };
            let narrow = most as u32;
            let mut out = vec![0u64; count];
            fill_within(&mut ahead, Slots::W64(&mut out), range);
            assert!(
                out.iter().all(|x| *x == 3 + bounded::up_to(&mut bits, most, method)),
                "{name} {range:?}"
            );
            let mut out = vec![0u32; count];
            fill_within(&mut ahead, Slots::W32(&mut out), range);
            let mut next = || bounded::up_to_u32(&mut bits, narrow, method).wrapping_add(3);
            assert!(out.iter().all(|x| *x == next()), "{name} {range:?}");
            if most <= u16::MAX.into() {
                let mut out = vec![0u16; count];
                fill_within(&mut ahead, Slots::W16(&mut out), range);
                let mut pieces = bounded::Pieces::default();
                let mut next = || (pieces.up_to(&mut bits, 16, narrow, method) as u16).wrapping_add(3);
                assert!(out.iter().all(|x| *x == next()), "{name} {range:?}");
            }
            if most <= u8::MAX.into() {
                let mut out = vec![0u8; count];
                fill_within(&mut ahead, Slots::W8(&mut out), range);
                let mut pieces = bounded::Pieces::default();
                let mut next = || (pieces.up_to(&mut bits, 8, narrow, method) as u8).wrapping_add(3);
                assert!(out.iter().all(|x| *x == next()), "{name} {range:?}");
            }
            if most <= 1 {
                let mut out = vec![0u8; count];
                fill_within(&mut ahead, Slots::W1(&mut out), Range { low: 0, ..range });
                let mut pieces = bounded::Pieces::default();
                assert!(out.iter().all(|x| u32::from(*x) == pieces.up_to(&mut bits, 1, narrow, method)));
            }
        }
        for most in wide {
            let mut out = vec![0u64; 700];
            fill_within(&mut ahead, Slots::W64(&mut out), Range { low: 9, most, method });
            let mut next = || bounded::up_to(&mut bits, most, method).wrapping_add(9);
            assert!(out.iter().all(|x| *x == next()), "{name} {most}");
        }
        let mut orders = [[0u16; 700]; 2];
        permute::shuffle(&mut bits, &mut orders[0], 3, method);
        permute::shuffle(&mut ahead, &mut orders[1], 3, method);
        assert_eq!(orders[0], orders[1], "{name}");
        assert!(ahead.is_level());
        assert_eq!(one.state().words(), many.state().words(), "{name} {method:?}");
    }
}

/// The same for every distribution, side by side and with gaps, and for parameters that take no word at all.
#[test]
fn distributions_in_bulk_as_one_by_one() {
    let parameters: &[&[f64]] =
        &[&[0.3, 0.4, 0.7], &[2.0, 0.9, 1.5], &[20.0, 0.5, 8.0], &[0.0, 0.0, 0.0], &[1.0, 1.0, 2.0]];
    for distribution in table::DISTRIBUTIONS {
        for (name, values) in GENERATORS.iter().flat_map(|name| parameters.iter().map(move |p| (name, *p))) {
            let given: Vec<Value> = (distribution.parameters.iter().zip(values))
                .map(|(p, x)| if p.is_integer() { Value::Whole(20 * *x as i64) } else { Value::Real(*x) })
                .collect();
            let number = |value: &Value| match *value {
                Value::Real(x) => x,
                Value::Whole(n) => n as f64,
            };
            if (distribution.parameters.iter().zip(&given))
                .any(|(p, x)| p.rule.fault("", number(x)).is_some())
            {
                continue;
            }
            let [mut one, mut many] = twins(name);
            let mut single = Stream::new(Ahead::from(one.bits()));
            let mut whole = Stream::new(Ahead::from(many.bits()));
            for (count, step) in [(1, 1), (1, 1), (2, 1), (1, 2), (5, 2), (300, 1), (301, 3)] {
                let drawn = filled(distribution, &mut whole, &given, count, step);
                let expected = (0..count).map(|_| draw(distribution, &mut single, &given).unwrap());
                let same = drawn
                    .iter()
                    .zip(expected)
                    .all(|(x, y)| x.to_bits() == number(&y).to_bits() || (x.is_nan() && number(&y).is_nan()));
                assert!(same, "{} {given:?} {name}", distribution.name);
            }
            assert!(whole.bits.is_level(), "{} {given:?} {name}", distribution.name);
            assert_eq!(one.state().words(), many.state().words(), "{} {given:?} {name}", distribution.name);
        }
    }
}

/// `count` numbers, every `step`-th place of an array.
fn filled(
    distribution: &Distribution,
    stream: &mut table::Stream,
    given: &[Value],
    count: usize,
    step: usize,
) -> Vec<f64> {
    let dtype = DType::of(dtype_of(distribution));
    let size = dtype.itemsize();
    let mut memory = vec![0u64; count * step];
    let (shape, strides) = ([count as isize], [(step * size) as isize]);
    let dtypes = [TypeNum::Double, TypeNum::Long].map(DType::of);
    let views: Vec<View<'_>> = given
        .iter()
        .map(|value| {
            let (data, dtype): (*const u8, _) = match value {
                Value::Real(x) => ((&raw const *x).cast(), &dtypes[0]),
                Value::Whole(n) => ((&raw const *n).cast(), &dtypes[1]),
            };
            // SAFETY: one number that outlives the view, read with a stride of 0.
            unsafe { View::new(data.cast_mut(), dtype, &shape, &[0]) }
        })
        .collect();
    // SAFETY: `count` elements with gaps, within `memory`, that nobody else uses.
    let out = unsafe { ViewMut::new(View::new(memory.as_mut_ptr().cast(), &dtype, &shape, &strides)) };
    fill(distribution, stream, out, &views).unwrap();
    let at = |i: usize| memory.as_ptr().cast::<u8>().wrapping_add(i * step * size);
    (0..count)
        .map(|i| match dtype_of(distribution) {
            // SAFETY: an element that `fill` has written.
            TypeNum::Double => unsafe { at(i).cast::<f64>().read() },
            // SAFETY: as above.
            TypeNum::Float => f64::from(unsafe { at(i).cast::<f32>().read() }),
            // SAFETY: as above.
            _ => (unsafe { at(i).cast::<i64>().read() }) as f64,
        })
        .collect()
}
