module github.com/parlorchat/parlor

go 1.26
