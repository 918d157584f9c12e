// Prints what libxdf sees in an XDF file. Build: g++ -o xdf_dump xdf_dump.cpp -lxdf   (Debian: g++ libxdf-dev)
// One line per stream: id-less, in order of the headers: name|rate|channels|samples|first stamp|last stamp|sum of channel 0
// One line per event: EVENT|stream index|stamp|text
#include <xdf.h>

#include <cstdio>

int main(int argc, char **argv) {
    Xdf file;
    int result = file.load_xdf(argv[1]);
    if (argc != 2 || result != 0) {
        return 1;
    }
    for (auto const &s : file.streams) {
        double sum = 0;
        size_t samples = s.time_series.empty() ? 0 : s.time_series.front().size();
        for (size_t i = 0; i < samples; i++) {
            sum += s.time_series.front()[i];
        }
        std::printf("STREAM|%s|%g|%d|%zu|%.9f|%.9f|%.6f\n", s.info.name.c_str(), s.info.nominal_srate,
                    s.info.channel_count, samples, samples ? s.time_stamps.front() : 0.0,
                    samples ? s.time_stamps.back() : 0.0, sum);
    }
    for (auto const &e : file.eventMap) {
        std::printf("EVENT|%d|%.9f|%s\n", e.second, e.first.second, e.first.first.c_str());
    }
    return 0;
}
