// Opens an EDF or BDF file strictly with EDFlib and prints what it sees.
// Build: g++ -o edf_check edf_check.c -ledf   (Debian: g++ libedf-dev)
#include <edflib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    struct edf_hdr_struct hdr;
    memset(&hdr, 0, sizeof hdr);
    int handle = edfopen_file_readonly(argv[argc - 1], &hdr, EDFLIB_READ_ALL_ANNOTATIONS);
    if (handle < 0) {
        printf("REFUSED|%d\n", hdr.filetype);
        return 1;
    }
    printf("FILE|%d|%d|%lld|%.7f|%02d.%02d.%d %02d:%02d:%02d|%lld|%s|%s\n", hdr.filetype, hdr.edfsignals,
           (long long)hdr.datarecords_in_file, hdr.file_duration / (double)EDFLIB_TIME_DIMENSION, hdr.startdate_day,
           hdr.startdate_month, hdr.startdate_year, hdr.starttime_hour, hdr.starttime_minute, hdr.starttime_second,
           (long long)hdr.starttime_subsecond, hdr.patientcode, hdr.equipment);
    for (int s = 0; s < hdr.edfsignals; s++) {
        int n = (int)hdr.signalparam[s].smp_in_file;
        double *buffer = (double *)malloc(sizeof(double) * n), sum = 0;
        edfread_physical_samples(handle, s, n, buffer);
        for (int i = 0; i < n; i++) {
            sum += buffer[i];
        }
        printf("SIGNAL|%s|%s|%d|%.6f|%.6f|%.6f\n", hdr.signalparam[s].label, hdr.signalparam[s].physdimension, n,
               buffer[0], buffer[n - 1], sum);
        free(buffer);
    }
    for (int a = 0; a < hdr.annotations_in_file; a++) {
        struct edf_annotation_struct annotation;
        edf_get_annotation(handle, a, &annotation);
        printf("ANNOTATION|%.6f|%s|%s\n", annotation.onset / (double)EDFLIB_TIME_DIMENSION, annotation.duration,
               annotation.annotation);
    }
    return 0;
}
